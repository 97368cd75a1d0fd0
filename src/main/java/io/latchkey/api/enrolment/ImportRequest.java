package io.latchkey.api.enrolment;

import java.util.Objects;

import io.latchkey.core.Faults;
import io.latchkey.imports.ImportDefaults;
import io.latchkey.imports.ImportFormat;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * A list of nodes, and what is taken where it says nothing.
 *
 * @param digest of the preview; needed to carry it out
 */
record ImportRequest(@Nullable String text, @Nullable ImportFormat format, @Nullable String managementAccount,
		@Nullable Privilege privilege, @Nullable Mode mode, @Nullable String cluster, @Nullable String digest) {

	String requiredText() {
		return required("text", this.text);
	}

	String requiredDigest() {
		return required("digest", this.digest);
	}

	ImportDefaults defaults() {
		return new ImportDefaults(Objects.requireNonNullElse(this.managementAccount, "root"),
				Objects.requireNonNullElse(this.privilege, Privilege.SUDO),
				Objects.requireNonNullElse(this.mode, Mode.ADDITIVE), this.cluster);
	}

	private static String required(String field, @Nullable String value) {
		Faults faults = new Faults();
		String given = faults.required(field, value, "");
		faults.check();
		return given;
	}

}
