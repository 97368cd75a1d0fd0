package io.latchkey.conversation.files;

import org.springframework.modulith.NamedInterface;

/** What stands where an account's {@code authorized_keys} belongs. */
@NamedInterface("files")
public enum Presence {

	/** A regular file. */
	FILE,
	/** Nothing; it can be written. */
	ABSENT,
	/** The node knows no such account. */
	NO_ACCOUNT,
	/** The account's home folder does not exist. */
	NO_HOME,
	/** A folder, a FIFO, a device or a socket. */
	NOT_A_FILE,
	/** A symbolic link, which Latchkey does not follow. */
	SYMLINK,
	/** What should be the file's folder is not a folder. */
	SSH_NOT_A_FOLDER,
	/** The rights that the conversation has do not reach it. */
	UNREADABLE,
	/** A regular file that is larger than any that is looked into. */
	TOO_LARGE

}
