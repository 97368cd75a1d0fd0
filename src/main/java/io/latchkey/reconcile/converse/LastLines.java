package io.latchkey.reconcile.converse;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.ContentHash;
import io.latchkey.conversation.FileQuery;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.ObservedFile;
import io.latchkey.conversation.Presence;
import io.latchkey.conversation.WriteResult;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * The last step of a node that leaves: the lines that let Latchkey in go from the
 * management account's files. No login can confirm that; it is noted before, so that one
 * that is refused afterwards proves it, also when Latchkey dies in between.
 */
class LastLines {

	private static final int MOST_ATTEMPTS = 5;

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
		Set<String> paths = survey.accounts()
			.stream()
			.filter((files) -> files.account().equals(account()))
			.flatMap((files) -> Stream.concat(files.read().stream(), files.left().stream()))
			.map(ObservedFile::path)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		return paths.stream().sorted().map(this::takeOff).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private @Nullable String takeOff(String path) {
		try {
			for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
				if (!isFile(path)) {
					return null;
				}
				byte[] content = this.conversation.read(account(), path);
				AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
				if (!this.input.management().letLatchkeyIn(file)) {
					return null;
				}
				byte[] target = without(file).render();
				this.tools.intentions().noteLastLine(this.input.node().id());
				WriteResult result = this.conversation.write(account(), path, ContentHash.of(content), target);
				if (result instanceof WriteResult.Failed failed) {
					return this.tools.findings().of(failed, account(), path);
				}
				if (result instanceof WriteResult.Written written) {
					return written.hash().equals(ContentHash.of(target)) ? null
							: this.tools.findings().text("write.read-back", account(), path);
				}
			}
			return this.tools.findings().text("write.keeps-changing", account(), path);
		}
		catch (NodeException.FileUnreadable ex) {
			return this.tools.findings().of(ex, account(), path);
		}
	}

	private boolean isFile(String path) {
		FileQuery query = new FileQuery(account(), path.replace("%", "%%"));
		return this.conversation.observe(List.of(query)).accounts().get(0).presence() == Presence.FILE;
	}

	private AuthorizedKeysFile without(AuthorizedKeysFile file) {
		List<String> ours = this.input.management().in(file);
		return AuthorizedKeysFile.of(file.lines().stream().filter((Line line) -> !ours.contains(line.text())).toList());
	}

	private String account() {
		return this.input.node().managementAccount();
	}

}
