package io.latchkey.conversation;

/**
 * Why sshd would not read an account's file where {@code StrictModes} is on, as sshd(8)
 * has it: the file, its folder and every parent up to the home (up to {@code /} for a
 * file outside of the home) must be owned by root or by the account, and be writable by
 * nobody else.
 *
 * @param path the first of them that is wrong
 */
public record StrictModesFault(String path, Kind kind) {

	/** What is wrong with it. */
	public enum Kind {

		/** It is owned by neither root nor the account. */
		OTHER_OWNER,
		/** Its group may write to it. */
		GROUP_WRITABLE,
		/** Everybody may write to it. */
		WRITABLE_BY_ALL

	}

}
