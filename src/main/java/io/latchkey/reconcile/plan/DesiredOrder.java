package io.latchkey.reconcile.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.desired.DesiredLine;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.KeyOption;
import org.jspecify.annotations.Nullable;

/**
 * The desired lines by what they do. The first line with a key that lets it in decides,
 * with its options (sshd(8)): so the lines of one key have an order, and a line with
 * another effect has to stand behind them.
 */
class DesiredOrder {

	/** The rank of a line that is as good as no desired one. */
	static final int LAST = Integer.MAX_VALUE;

	private final List<DesiredLine> lines;

	private final Map<Effect, Integer> ranks = new HashMap<>();

	DesiredOrder(List<DesiredLine> lines) {
		this.lines = lines;
		for (int rank = 0; rank < lines.size(); rank++) {
			Effect effect = effectOf(Line.of(lines.get(rank).text()));
			if (effect != null) {
				this.ranks.putIfAbsent(effect, rank);
			}
		}
	}

	/** What a line does, whatever its comment. */
	private record Effect(Fingerprint fingerprint, List<KeyOption> options) {

	}

	/** Where among the desired lines of its key it has to stand. */
	int rankOf(Line line) {
		Effect effect = effectOf(line);
		return (effect != null) ? this.ranks.getOrDefault(effect, LAST) : LAST;
	}

	/** The desired line that does the same, or null. */
	@Nullable DesiredLine sameAs(Line line) {
		int rank = rankOf(line);
		return (rank != LAST) ? this.lines.get(rank) : null;
	}

	/** Whose key it is, as far as the desired lines tell. */
	@Nullable String identityOf(@Nullable Fingerprint fingerprint) {
		return this.lines.stream()
			.filter((line) -> line.fingerprint().equals(fingerprint))
			.map(DesiredLine::identity)
			.findFirst()
			.orElse(null);
	}

	private static @Nullable Effect effectOf(Line line) {
		return (line instanceof KeyLine key) ? new Effect(key.publicKey().fingerprint(), key.options().effect()) : null;
	}

}
