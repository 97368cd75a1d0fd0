package io.latchkey.conversation;

import java.util.Optional;

import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.ssh.NodeException;

/**
 * What is to become of one file of an account, told by what stands there.
 *
 * @param <R> what became of it
 */
public interface FileComparison<R> {

	/**
	 * Compares the file with what it should be, and changes it where it must, naming the
	 * hash of what was compared.
	 * @param file that stands there, or can be written
	 * @param path where that is
	 * @return nothing when somebody else has changed it meanwhile
	 * @throws NodeException.FileUnreadable when it cannot be read
	 */
	Optional<R> compare(ObservedFile file, String path);

	/** What it comes to when it cannot be made what it should be. */
	R undone(Commit.Undone why);

	/** The same when there is neither a file nor a place for one. */
	default R noFile(Presence presence) {
		return undone(new Commit.NoFile(presence));
	}

}
