package io.latchkey.api.grants;

import java.time.Instant;

import io.latchkey.core.Faults;
import org.jspecify.annotations.Nullable;

record GrantEndRequest(@Nullable Instant expiresAt) {

	Instant end() {
		Faults faults = new Faults();
		Instant end = faults.required("expiresAt", this.expiresAt, Instant.EPOCH);
		faults.check();
		return end;
	}

}
