package io.latchkey.passwords;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What became of a change on one node.
 *
 * @param done whether it stands
 * @param exceptions whom sshd lets in by password all the same, as {@code file: Match …}
 * or by the account
 * @param detail why not, for a person; null when it stands
 */
public record PasswordChange(String node, boolean done, PasswordState state, List<String> exceptions,
		@Nullable String detail) {

	public PasswordChange {
		exceptions = List.copyOf(exceptions);
	}

	static PasswordChange done(String node, PasswordState state, List<String> exceptions) {
		return new PasswordChange(node, true, state, exceptions, null);
	}

	/** Nothing of it stands. */
	static PasswordChange refused(String node, PasswordState state, String why) {
		return new PasswordChange(node, false, state, List.of(), why);
	}

	/** The node undoes it, or has. */
	static PasswordChange open(String node, String why) {
		return new PasswordChange(node, false, PasswordState.UNKNOWN, List.of(), why);
	}

}
