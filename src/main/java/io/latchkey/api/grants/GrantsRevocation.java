package io.latchkey.api.grants;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.GrantId;
import org.jspecify.annotations.Nullable;

/**
 * The grants that are to be revoked together.
 */
record GrantsRevocation(@Nullable List<@Nullable Long> grants) {

	Set<GrantId> ids() {
		if (this.grants == null || this.grants.isEmpty()) {
			throw new InvalidInputException(Fault.of("grants", "required"));
		}
		return this.grants.stream()
			.map((id) -> GrantId.parse(String.valueOf(id)).orElseThrow(GrantsRevocation::malformed))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static InvalidInputException malformed() {
		return new InvalidInputException(Fault.of("grants", "grants.ids"));
	}

}
