package io.latchkey.reconcile.converse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CompareAndWrite;
import io.latchkey.conversation.FileComparison;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a node that leaves: the lines that let Latchkey in go from the
 * management account's files. No login can confirm that; it is noted before, so that one
 * that is refused afterwards proves it, also when Latchkey dies in between.
 */
class LastLines {

	private final NodeConversation conversation;

	private final RunInput input;

	private final RunContext.Tools tools;

	LastLines(NodeConversation conversation, RunInput input, RunContext.Tools tools) {
		this.conversation = conversation;
		this.input = input;
		this.tools = tools;
	}

	/** Whether all else that Latchkey put there is known to be gone. */
	static boolean areDue(List<AccountOutcome> outcomes) {
		return !outcomes.isEmpty()
				&& outcomes.stream().allMatch((account) -> account.state().state() == NodeState.IN_SYNC);
	}

	/** Takes them off, and says what is in the way, or null. */
	@Nullable String takeOff(Survey survey) {
		return survey.accounts()
			.stream()
			.filter((files) -> files.account().equals(account()))
			.flatMap((files) -> Stream.concat(files.read().stream(), files.left().stream()))
			.map(ObservedFile::path)
			.filter(Objects::nonNull)
			.distinct()
			.sorted()
			.map((path) -> new CompareAndWrite(this.conversation).run(account(), path, new TakingOff(path)).obstacle())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private AuthorizedKeysFile without(AuthorizedKeysFile file) {
		List<String> ours = this.input.management().in(file);
		return AuthorizedKeysFile.of(file.lines().stream().filter((Line line) -> !ours.contains(line.text())).toList());
	}

	private String account() {
		return this.input.node().managementAccount();
	}

	/**
	 * What became of one file.
	 *
	 * @param obstacle what is in the way, or null
	 */
	private record TakenOff(@Nullable String obstacle) {

		static final TakenOff ALL = new TakenOff(null);

	}

	/**
	 * The lines of one file.
	 */
	private final class TakingOff implements FileComparison<TakenOff> {

		private final String path;

		TakingOff(String path) {
			this.path = path;
		}

		@Override
		public Optional<TakenOff> compare(ObservedFile observed, String at) {
			if (observed.presence() != Presence.FILE) {
				return Optional.of(TakenOff.ALL);
			}
			byte[] content = LastLines.this.conversation.ask(new ReadFile(account(), this.path));
			AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
			if (!LastLines.this.input.management().letLatchkeyIn(file)) {
				return Optional.of(TakenOff.ALL);
			}
			LastLines.this.tools.intentions().noteLastLine(LastLines.this.input.node().id());
			return write(ContentHash.of(content), without(file).render());
		}

		private Optional<TakenOff> write(String hash, byte[] target) {
			Commit commit = Commit
				.of(LastLines.this.conversation.ask(new WriteFile(account(), this.path, hash, target)));
			if (commit instanceof Commit.Done done) {
				boolean stands = done.hash().equals(ContentHash.of(target));
				return Optional.of(stands ? TakenOff.ALL
						: new TakenOff(LastLines.this.tools.findings().text("write.read-back", account(), this.path)));
			}
			return (commit instanceof Commit.Undone undone) ? Optional.of(undone(undone)) : Optional.empty();
		}

		/** No line stands in what is no file. */
		@Override
		public TakenOff noFile(Presence presence) {
			return TakenOff.ALL;
		}

		@Override
		public TakenOff undone(Commit.Undone why) {
			return new TakenOff(LastLines.this.tools.findings().of(why, account(), this.path));
		}

	}

}
