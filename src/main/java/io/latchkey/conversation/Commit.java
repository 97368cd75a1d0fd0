package io.latchkey.conversation;

import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file that was to be written.
 */
public sealed interface Commit {

	/** Of a write that is not on trial. */
	static Commit of(WriteResult result) {
		if (result instanceof WriteResult.Written written) {
			return new Done(written.hash(), written.strictModesFault(), false);
		}
		return (result instanceof WriteResult.Failed failed) ? new NotWritten(failed) : new LookAgain();
	}

	/**
	 * It stands.
	 *
	 * @param hash of what was read back
	 * @param strictModesFault why sshd would not read it where it heeds owners and modes
	 * @param confirmed whether a fresh login has proved it
	 */
	record Done(String hash, @Nullable StrictModesFault strictModesFault, boolean confirmed) implements Commit {

	}

	/** Something else stands there by now; the file has to be looked at again. */
	record LookAgain() implements Commit {

	}

	/**
	 * It is not what it should be.
	 */
	sealed interface Undone extends Commit {

	}

	/** There is no file, and none can be written there. */
	record NoFile(Presence presence) implements Undone {

	}

	/** It cannot be read, and stands as it was. */
	record Unreadable(NodeException.FileUnreadable failure) implements Undone {

	}

	/** It was not written, and the old file stands. */
	record NotWritten(WriteResult.Failed failure) implements Undone {

	}

	/** It was another each time. */
	record KeepsChanging() implements Undone {

	}

	/**
	 * It was written on trial, and the trial failed: the node puts the old file back by
	 * itself.
	 */
	record TakenBack(Why why) implements Undone {

		/**
		 * Why the trial failed.
		 */
		public sealed interface Why {

		}

		/** Something else was read back than was written. */
		public record ReadBackOtherwise() implements Why {

		}

		/** A fresh login was let in, and could not say so. */
		public record NotConfirmed(WriteResult.Failed failure) implements Why {

		}

		/** A fresh login failed. */
		public record NotLetIn(NodeException failure) implements Why {

		}

	}

}
