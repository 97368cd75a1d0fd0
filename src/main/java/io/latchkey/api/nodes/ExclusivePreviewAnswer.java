package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.inventory.Mode;
import io.latchkey.removal.ExclusiveLook;
import org.jspecify.annotations.Nullable;

/**
 * What {@code EXCLUSIVE} would take off a node, as last observed, comments and blank
 * lines aside.
 *
 * @param lookedAt when that was, or null
 * @param fresh whether that is recent, and the last look did not fail
 * @param changesNothing whether it is fresh, and nothing would go
 * @param digest to confirm just that with
 * @param tolerated what would stay, and until when
 * @param notLookedAt the accounts of which nothing is known, and nothing goes; null when
 * there are none
 */
record ExclusivePreviewAnswer(String node, Mode mode, @Nullable Instant lookedAt, boolean fresh, boolean changesNothing,
		String digest, List<LineAnswer> remove, List<LineAnswer> tolerated, @Nullable UnseenAnswer notLookedAt) {

	static ExclusivePreviewAnswer of(ExclusiveLook look) {
		return new ExclusivePreviewAnswer(look.node(), look.mode(), look.lookedAt(), look.fresh(),
				look.changesNothing(), look.digest(), look.goes().stream().map(LineAnswer::of).toList(),
				look.tolerated().stream().map(LineAnswer::of).toList(), UnseenAnswer.of(look.unseen()));
	}

	/**
	 * A foreign line.
	 */
	record LineAnswer(String account, @Nullable String fingerprint, String comment, String line,
			@Nullable String identity, @Nullable Instant until) {

		static LineAnswer of(ExclusiveLook.Line line) {
			return new LineAnswer(line.account(), (line.fingerprint() != null) ? line.fingerprint().value() : null,
					line.comment(), line.text(), line.identity(), line.until());
		}

	}

}
