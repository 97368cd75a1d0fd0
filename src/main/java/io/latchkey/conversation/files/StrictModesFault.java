package io.latchkey.conversation.files;

import org.springframework.modulith.NamedInterface;

/**
 * Why sshd would not read an account's file where {@code StrictModes} is on, as sshd(8)
 * has it: the file, its folder and every parent up to the home (up to {@code /} for a
 * file outside of the home) must be owned by root or by the account, and be writable by
 * nobody else.
 *
 * @param path the first of them that is wrong
 */
@NamedInterface("files")
public record StrictModesFault(String path, Kind kind) {

	/** What is said of one, in two groups. */
	public static final String FORM = "(owner|all|group) (/[^\\p{Cntrl}]*)";

	/** By the words of {@link #FORM}. */
	public static StrictModesFault of(String word, String path) {
		return new StrictModesFault(path, switch (word) {
			case "owner" -> Kind.OTHER_OWNER;
			case "all" -> Kind.WRITABLE_BY_ALL;
			default -> Kind.GROUP_WRITABLE;
		});
	}

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
