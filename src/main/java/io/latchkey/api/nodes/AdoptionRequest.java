package io.latchkey.api.nodes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Faults;
import io.latchkey.foreignkeys.Adoption;
import io.latchkey.identity.IdentityKind;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign keys become whose.
 *
 * @param kind what is made when there is no identity of that name; a person by default
 */
record AdoptionRequest(@Nullable List<String> fingerprints, @Nullable String identity, @Nullable IdentityKind kind,
		@Nullable String reason) {

	Adoption toAdoption() {
		Faults faults = new Faults();
		String name = faults.required("identity", this.identity, "");
		Set<Fingerprint> keys = fingerprints(faults, this.fingerprints);
		faults.check();
		return new Adoption(keys, name, Objects.requireNonNullElse(this.kind, IdentityKind.PERSON), this.reason);
	}

	static Set<Fingerprint> fingerprints(Faults faults, @Nullable List<String> given) {
		return faults.required("fingerprints", given, List.<String>of())
			.stream()
			.map((text) -> faults.parsed("fingerprints", text, Fingerprint::parse, "fingerprint.malformed"))
			.flatMap(Optional::stream)
			.collect(Collectors.toSet());
	}

}
