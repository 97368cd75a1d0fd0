package io.latchkey.api.nodes;

import io.latchkey.core.Fault;
import io.latchkey.core.Faults;
import org.jspecify.annotations.Nullable;

/**
 * What is to be put right.
 *
 * @param digest of a mend that a diagnosis of the same account and identity has shown
 */
record MendRequest(@Nullable String account, @Nullable String identity, @Nullable String digest) {

	MendRequest checked() {
		Faults faults = new Faults();
		faults.required("account", this.account, "");
		if (this.digest == null || this.digest.isBlank()) {
			faults.add(Fault.of("digest", "mend.digest"));
		}
		faults.check();
		return this;
	}

}
