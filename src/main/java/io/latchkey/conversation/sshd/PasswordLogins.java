package io.latchkey.conversation.sshd;

import java.util.List;

import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a node's sshd makes of logins by password, as it says itself and as its
 * configuration has it.
 *
 * @param place where Latchkey decides about them
 * @param onTrial whether a change is on trial
 * @param settings those that hold outside of any {@code Match}; none when sshd does not
 * understand its configuration
 * @param broken what sshd says that it does not understand, with the line; null when it
 * understands all
 * @param configuration what its files say
 * @param accounts those that have a password
 * @param came who came by one, as sshd's log says at this moment
 */
public record PasswordLogins(Place place, boolean onTrial, SshdSettings settings, @Nullable String broken,
		Configuration configuration, Accounts accounts, Came came) implements SshdLook {

	/**
	 * Where Latchkey decides.
	 *
	 * @param way how it does
	 * @param served how sshd takes connections
	 * @param ours whether it has decided something there
	 * @param hash of the file at the path, null when there is none
	 */
	public record Place(Way way, Served served, boolean ours, @Nullable String hash, String path) {

	}

	/**
	 * What the files of sshd's configuration say.
	 *
	 * @param lines those that bear on it, in the order of the files
	 * @param whole whether all files were looked at
	 * @param managed what a tool that writes the main file says of itself at its top;
	 * null when none does
	 */
	public record Configuration(List<Line> lines, boolean whole, @Nullable String managed) {

		public Configuration {
			lines = List.copyOf(lines);
		}

	}

	/**
	 * Accounts that have a password.
	 *
	 * @param passworded all of them; none where only settings were asked for
	 * @param letIn those that sshd lets in by it where a {@code Match} decides, as if
	 * they came from Latchkey's address; only the first 50 are asked for
	 */
	public record Accounts(List<String> passworded, List<String> letIn) {

		public Accounts {
			passworded = List.copyOf(passworded);
			letIn = List.copyOf(letIn);
		}

	}

	/**
	 * Who came by password.
	 *
	 * @param lines of sshd's log that tell so, the last of 90 days
	 * @param log where these come from
	 */
	public record Came(List<String> lines, Log log) {

		public Came {
			lines = List.copyOf(lines);
		}

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
