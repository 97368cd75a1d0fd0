package io.latchkey.reconcile.converse;

import java.util.List;

import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.reconcile.plan.LinePlan;
import org.jspecify.annotations.Nullable;

/**
 * What became of one file in a run.
 *
 * @param path on the node
 * @param failure what failed, for a person, or null
 * @param file what stands there at the end
 * @param hash of that; null when there is no file
 * @param plan how its lines stand
 * @param confirmed whether a fresh login has proved it
 * @param beyond the desired lines that do not stand there, since the server would not
 * read them
 */
record FileOutcome(String path, @Nullable String failure, AuthorizedKeysFile file, @Nullable String hash, LinePlan plan,
		LineChanges changes, @Nullable StrictModesFault strictModesFault, boolean confirmed, List<DesiredLine> beyond) {

	private static final LinePlan NOTHING = new LinePlan(AuthorizedKeysFile.EMPTY, List.of(), List.of(), List.of(),
			List.of(), List.of());

	boolean isFailed() {
		return this.failure != null;
	}

	/** There is nothing to be read. */
	static FileOutcome absent(String path) {
		return new FileOutcome(path, null, AuthorizedKeysFile.EMPTY, null, NOTHING, LineChanges.NONE, null, false,
				List.of());
	}

	static FileOutcome failed(String path, String failure) {
		return new FileOutcome(path, failure, AuthorizedKeysFile.EMPTY, null, NOTHING, LineChanges.NONE, null, false,
				List.of());
	}

}
