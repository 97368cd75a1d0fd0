package io.latchkey.api.passwords;

import java.time.Instant;
import java.util.List;

import io.latchkey.passwords.PasswordChoice;
import io.latchkey.passwords.PasswordRound;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The last change of the nodes of a cluster. Where it is not under way and a node is
 * WAITING, Latchkey ended in the midst of it.
 */
@Schema(name = "PasswordRound")
record PasswordRoundAnswer(String cluster, String passwords, String rootLogin, @Nullable String askedBy,
		@Nullable Instant askedAt, boolean underWay, List<OnNodeAnswer> nodes) {

	/** None was asked for yet. */
	static PasswordRoundAnswer none(String cluster) {
		return new PasswordRoundAnswer(cluster, PasswordChoice.NOTHING.passwords().name(),
				PasswordChoice.NOTHING.rootLogin().name(), null, null, false, List.of());
	}

	static PasswordRoundAnswer of(PasswordRound round) {
		return new PasswordRoundAnswer(round.cluster(), round.choice().passwords().name(),
				round.choice().rootLogin().name(), round.actor().name(), round.askedAt(), round.underWay(),
				round.nodes().stream().map(OnNodeAnswer::of).toList());
	}

	/** What became of one node: WAITING, DONE or LEFT. */
	@Schema(name = "PasswordRoundNode")
	record OnNodeAnswer(String node, String outcome, @Nullable String state, @Nullable String detail) {

		private static OnNodeAnswer of(PasswordRound.OnNode on) {
			return new OnNodeAnswer(on.node(), on.outcome().name(), (on.state() != null) ? on.state().name() : null,
					on.detail());
		}

	}

}
