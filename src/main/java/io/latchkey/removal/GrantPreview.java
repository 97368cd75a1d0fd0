package io.latchkey.removal;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a grant would change, if it were issued now.
 *
 * @param nodes every account on every node that it reaches, those without a change too
 */
public record GrantPreview(List<NodeChange> nodes) {

	/**
	 * The lines that would come and go.
	 *
	 * @param node the node's name
	 * @param unchanged why none comes; null when one does
	 * @param grants the ids of the grants by which the lines are there already
	 * @param detail why the node's sshd could not keep what the grant demands, or null
	 * @param held why nothing is written on the node now, whatever should come; or null
	 * @param accountMissing whether the account is known not to be there: nothing comes
	 * before it is
	 */
	public record NodeChange(String node, String account, List<String> add, List<String> remove,
			@Nullable Unchanged unchanged, List<Long> grants, @Nullable String detail, @Nullable Held held,
			boolean accountMissing) {

	}

	/** Why no line comes. */
	public enum Unchanged {

		/** Other grants put the same lines there. */
		ALREADY_THERE,
		/** The node's sshd could not keep what the grant demands. */
		WITHHELD,
		/** As {@link Keyless} says. */
		SUSPENDED, NO_KEY, KEYS_ENDED, NO_MEMBERS, MEMBERS_SUSPENDED, NO_MEMBER_WITH_KEY;

		static Unchanged of(Keyless keyless) {
			return switch (keyless) {
				case SUSPENDED -> SUSPENDED;
				case NO_KEY -> NO_KEY;
				case KEYS_ENDED -> KEYS_ENDED;
				case NO_MEMBERS -> NO_MEMBERS;
				case MEMBERS_SUSPENDED -> MEMBERS_SUSPENDED;
				case NO_MEMBER_WITH_KEY -> NO_MEMBER_WITH_KEY;
			};
		}

	}

	/** Why nothing is written on a node now. */
	public enum Held {

		/** Its mode is OBSERVE. */
		OBSERVED,
		/** Latchkey is not let in there yet. */
		NOT_ENROLLED

	}

}
