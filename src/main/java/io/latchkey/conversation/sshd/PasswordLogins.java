package io.latchkey.conversation.sshd;

import java.util.List;

import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a node's sshd makes of logins by password, as it says itself and as its
 * configuration has it.
 *
 * @param way how Latchkey decides about them
 * @param served how sshd takes connections
 * @param ours whether Latchkey has decided something there
 * @param hash of the file at the path, null when there is none
 * @param path the file in which Latchkey decides
 * @param onTrial whether a change is on trial
 * @param settings those that hold outside of any {@code Match}; none when sshd does not
 * understand its configuration
 * @param broken what sshd says that it does not understand, with the line; null when it
 * understands all
 * @param lines those that bear on it, in the order of the files
 * @param whole whether all files of the configuration were looked at
 * @param passworded the accounts that have a password
 * @param came lines of sshd's log that tell of logins by password, the last of 90 days
 * @param log where these come from
 */
public record PasswordLogins(Way way, Served served, boolean ours, @Nullable String hash, String path, boolean onTrial,
		SshdSettings settings, @Nullable String broken, List<Line> lines, boolean whole, List<String> passworded,
		List<String> came, Log log) implements SshdLook {

	public PasswordLogins {
		lines = List.copyOf(lines);
		passworded = List.copyOf(passworded);
		came = List.copyOf(came);
	}

	/**
	 * A line of sshd's configuration.
	 *
	 * @param number counts from 1
	 */
	public record Line(String file, int number, String text) {

	}

	/** How Latchkey decides: the first value of a keyword counts. */
	public enum Way {

		/** By a file of its own, which is included before anything else. */
		INCLUDE,

		/** By marked lines at the top of the main file. */
		BLOCK

	}

	/** How sshd takes connections. */
	public enum Served {

		/** By one that listens, and reads its configuration when it is told to. */
		LISTENER,

		/** By one for each connection, which reads it anew. */
		EACH

	}

	/** Which log told of logins. */
	public enum Log {

		/** The lines that root's own sshd wrote. */
		JOURNAL,

		/** What anybody on the node may have written. */
		SYSLOG,

		/** There is none. */
		NONE

	}

}
