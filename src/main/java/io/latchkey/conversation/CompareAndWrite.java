package io.latchkey.conversation;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.ssh.NodeException;

/**
 * Changes files that others may change at the same time: what was compared is what is
 * replaced, or it is looked at and compared again.
 */
public final class CompareAndWrite {

	private static final int MOST_ATTEMPTS = 5;

	/** After so long there is no further attempt: other files wait for their turn. */
	private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

	private final NodeConversation conversation;

	public CompareAndWrite(NodeConversation conversation) {
		this.conversation = conversation;
	}

	/**
	 * @param first the file as the conversation has observed it
	 */
	public <R> R run(ObservedFile first, FileComparison<R> comparison) {
		long end = System.nanoTime() + LONG_ENOUGH.toNanos();
		ObservedFile file = first;
		for (int attempt = 1; true; attempt++) {
			if (file.presence() != Presence.FILE && file.presence() != Presence.ABSENT) {
				return comparison.noFile(file.presence());
			}
			String path = Objects.requireNonNull(file.path());
			Optional<R> settled = compare(file, path, comparison);
			if (settled.isPresent()) {
				return settled.get();
			}
			if (attempt == MOST_ATTEMPTS || System.nanoTime() > end) {
				return comparison.undone(new Commit.KeepsChanging());
			}
			file = lookAgain(file.account(), path);
		}
	}

	/** The same with a file that is to be looked at first. */
	public <R> R run(String account, String path, FileComparison<R> comparison) {
		return run(lookAgain(account, path), comparison);
	}

	/** As it stands by now. */
	private ObservedFile lookAgain(String account, String path) {
		return this.conversation.ask(ObserveFiles.at(account, path)).accounts().get(0);
	}

	private static <R> Optional<R> compare(ObservedFile file, String path, FileComparison<R> comparison) {
		try {
			return comparison.compare(file, path);
		}
		catch (NodeException.FileUnreadable ex) {
			return Optional.of(comparison.undone(new Commit.Unreadable(ex)));
		}
	}

}
