package io.latchkey.pages.nodes;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.foreignkeys.RemovedLines;
import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/**
 * Puts removed lines together with whose keys they hold: a fixed number of queries for
 * any number of them.
 */
@Component
class RemovedRows {

	private final RemovedLines lines;

	private final HeldKeys heldKeys;

	RemovedRows(RemovedLines lines, HeldKeys heldKeys) {
		this.lines = lines;
		this.heldKeys = heldKeys;
	}

	Page<RemovedRow> list(NodeId node, @Nullable String query, Pageable page) {
		Page<RemovedLine> found = this.lines.list(node, query, page);
		Map<Fingerprint, String> owners = this.heldKeys.ownersOf(
				found.stream().map(RemovedLine::fingerprint).filter(Objects::nonNull).collect(Collectors.toSet()));
		return found.map((line) -> new RemovedRow(Long.toString(line.id()), line,
				(line.fingerprint() != null) ? owners.get(line.fingerprint()) : null));
	}

}
