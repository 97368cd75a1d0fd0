package io.latchkey.api.nodes;

import java.util.List;
import java.util.Set;

import io.latchkey.core.Faults;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign keys are meant.
 */
record ForeignKeysRequest(@Nullable List<String> fingerprints) {

	Set<Fingerprint> keys() {
		Faults faults = new Faults();
		Set<Fingerprint> keys = AdoptionRequest.fingerprints(faults, this.fingerprints);
		faults.check();
		return keys;
	}

}
