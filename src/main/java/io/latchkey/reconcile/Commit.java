package io.latchkey.reconcile;

import io.latchkey.conversation.StrictModesFault;
import io.latchkey.conversation.WriteResult;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file that was to be written.
 */
public sealed interface Commit {

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

	/** It was not written, and the old file stands. */
	record NotWritten(WriteResult.Failed failure) implements Commit {

	}

	/**
	 * It was written on trial, and the trial failed: the node puts the old file back by
	 * itself.
	 *
	 * @param why for a person
	 */
	record TakenBack(String why) implements Commit {

	}

}
