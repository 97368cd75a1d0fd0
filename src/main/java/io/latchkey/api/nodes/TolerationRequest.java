package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.latchkey.core.Faults;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign keys need nobody until when, and why.
 */
record TolerationRequest(@Nullable List<String> fingerprints, @Nullable Instant until, @Nullable String reason) {

	void to(Tolerations tolerations) {
		Faults faults = new Faults();
		Instant end = faults.required("until", this.until, Instant.EPOCH);
		Set<Fingerprint> keys = AdoptionRequest.fingerprints(faults, this.fingerprints);
		faults.check();
		tolerations.tolerate(keys, end, Objects.requireNonNullElse(this.reason, ""));
	}

}
