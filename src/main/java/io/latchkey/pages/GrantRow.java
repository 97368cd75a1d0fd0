package io.latchkey.pages;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import org.jspecify.annotations.Nullable;

/**
 * A grant in a list.
 *
 * @param open whether it has not ended yet
 * @param nodes the names of the nodes that it reaches or reached
 */
public record GrantRow(String id, Subject subject, Target target, String account, Instant startsAt,
		@Nullable Instant expiresAt, @Nullable String reason, GrantStatus status, boolean open, Set<String> nodes,
		Progress progress) {

	/** How many nodes some grants reach or reached together. */
	public static int nodesOf(List<GrantRow> rows) {
		return (int) rows.stream().flatMap((row) -> row.nodes().stream()).distinct().count();
	}

}
