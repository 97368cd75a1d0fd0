package io.latchkey.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.openssh.Fingerprint;

/**
 * What is remembered of the lines of one account: those that Latchkey placed, and those
 * that it has seen as foreign before.
 */
record KnownLines(List<PlacedLine> placed, Set<String> foreign, Fingerprint managementKey) {

	Map<String, PlacedLine> placedByText() {
		return this.placed.stream()
			.collect(Collectors.toMap(PlacedLine::line, Function.identity(), (one, other) -> one));
	}

}
