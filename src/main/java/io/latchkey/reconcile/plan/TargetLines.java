package io.latchkey.reconcile.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file as it should be, one after the other: of the lines of one key each
 * has its rank, and goes ahead of those that come after it.
 */
final class TargetLines {

	private final DesiredOrder order;

	private final Set<Fingerprint> managementKeys;

	private final List<Line> lines = new ArrayList<>();

	private final Map<Fingerprint, Integer> highestRank = new HashMap<>();

	/**
	 * @param managementKeys lines of these have no rank
	 */
	TargetLines(DesiredOrder order, Set<Fingerprint> managementKeys) {
		this.order = order;
		this.managementKeys = managementKeys;
	}

	/** It stands at the end, whatever it is. */
	void append(Line line) {
		this.lines.add(line);
	}

	/** It stands after those so far. */
	void stand(Line line, @Nullable Fingerprint fingerprint) {
		this.lines.add(line);
		if (fingerprint != null) {
			this.highestRank.merge(fingerprint, this.order.rankOf(line), Math::max);
		}
	}

	/** Whether it would stand after one that decides instead of it. */
	boolean isBehind(Line line, Fingerprint fingerprint) {
		return this.highestRank.getOrDefault(fingerprint, 0) > this.order.rankOf(line);
	}

	/** Goes ahead of the lines of that key that come after it, or are foreign. */
	void insert(DesiredLine desired) {
		Line line = Line.of(desired.text());
		int rank = this.order.rankOf(line);
		int at = 0;
		while (at < this.lines.size() && !isAfter(this.lines.get(at), desired.fingerprint(), rank)) {
			at++;
		}
		this.lines.add(at, line);
	}

	private boolean isAfter(Line line, Fingerprint fingerprint, int rank) {
		return line.key().map((key) -> key.fingerprint().equals(fingerprint)).orElse(false)
				&& !this.managementKeys.contains(fingerprint) && this.order.rankOf(line) > rank;
	}

	Set<String> texts() {
		return this.lines.stream().map(Line::text).collect(Collectors.toSet());
	}

	AuthorizedKeysFile toFile() {
		return AuthorizedKeysFile.of(this.lines);
	}

}
