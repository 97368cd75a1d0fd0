package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CommitConfirm;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.MendPath;
import io.latchkey.conversation.changes.MendResult;
import io.latchkey.conversation.changes.NodeMend;
import io.latchkey.conversation.changes.NodeMend.Standing;
import io.latchkey.conversation.changes.Removal;
import io.latchkey.conversation.changes.RemoveFile;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.protocol.Lines;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Does the steps of a mend on a node, and undoes them. Lines are written as runs write
 * them: what was compared is what is replaced, and the file by which Latchkey itself
 * comes in is on trial until a fresh login has proved it.
 */
@Component
class MendWork {

	private static final MendResult MENDED = new MendResult.Mended();

	private final CommitConfirm commits;

	private final Findings findings;

	MendWork(CommitConfirm commits, Findings findings) {
		this.commits = commits;
		this.findings = findings;
	}

	/**
	 * Does all of them or none.
	 * @return {@link MendResult.Mended}, or what kept the first from it that was
	 */
	MendResult apply(NodeConversation conversation, Node node, String account, List<MendStep> steps) {
		List<MendStep> done = new ArrayList<>();
		for (MendStep step : steps) {
			MendResult result = apply(conversation, node, account, step);
			if (!(result instanceof MendResult.Mended)) {
				undo(conversation, node, account, done);
				return result;
			}
			done.add(step);
		}
		return MENDED;
	}

	/** The last first. Nothing is touched where a file is not as it was left. */
	MendResult undo(NodeConversation conversation, Node node, String account, List<MendStep> steps) {
		for (MendStep step : steps) {
			if (step.kind() == MendStep.Kind.CONTENT && !step.after().equals(hashNow(conversation, account, step))) {
				return new MendResult.Changed();
			}
		}
		for (int i = steps.size() - 1; i >= 0; i--) {
			MendResult result = undo(conversation, node, account, steps.get(i));
			if (!(result instanceof MendResult.Mended)) {
				return result;
			}
		}
		return MENDED;
	}

	private static String hashNow(NodeConversation conversation, String account, MendStep step) {
		ObservedFile file = conversation.ask(ObserveFiles.at(account, step.path())).accounts().get(0);
		return Objects.requireNonNullElse(file.hash(), MendStep.NOTHING);
	}

	private MendResult apply(NodeConversation conversation, Node node, String account, MendStep step) {
		String path = step.path();
		if (step.kind() == MendStep.Kind.CONTENT) {
			hashNow(conversation, account, step); // only what was observed is written
			return write(conversation, node, account, new Replacement(path, step.before(), step.becomes()));
		}
		if (step.kind() == MendStep.Kind.LABEL) {
			return conversation.ask(new MendPath(account, new NodeMend.Relabel(path, step.before(), null)));
		}
		if (step.kind() == MendStep.Kind.ACL) {
			return conversation.ask(new MendPath(account, new NodeMend.SetAcl(path, step.before(), step.after())));
		}
		Standing stood = Objects.requireNonNull(step.stood());
		return conversation.ask(new MendPath(account, switch (step.kind()) {
			case MODE -> new NodeMend.SetMode(path, stood, Integer.parseInt(step.after(), 8));
			case OWNER -> new NodeMend.SetOwner(path, stood, Long.parseLong(step.after()));
			case OWN -> new NodeMend.MakeOwn(path, stood, step.before());
			case ASIDE -> new NodeMend.SetAside(path, stood, step.before());
			default -> throw new IllegalStateException(step.kind().name());
		}));
	}

	private MendResult undo(NodeConversation conversation, Node node, String account, MendStep step) {
		String path = step.path();
		if (step.kind() == MendStep.Kind.CONTENT) {
			MendResult result = write(conversation, node, account, new Replacement(path, step.after(), step.was()));
			return (result instanceof MendResult.Mended) ? withItsMode(conversation, account, step) : result;
		}
		return conversation.ask(new MendPath(account, switch (step.kind()) {
			case MODE -> new NodeMend.SetMode(path, withMode(step), Integer.parseInt(step.before(), 8));
			case OWNER -> new NodeMend.SetOwner(path, withOwner(step), Long.parseLong(step.before()));
			case LABEL -> new NodeMend.Relabel(path, step.after(), step.before());
			case ACL -> new NodeMend.SetAcl(path, step.after(), step.before());
			default -> new NodeMend.GiveBack(path, unlessNothing(step.after()), step.before());
		}));
	}

	private static Standing withMode(MendStep step) {
		Standing stood = Objects.requireNonNull(step.stood());
		return new Standing(Permissions.shown(Integer.parseInt(step.after(), 8), stood.mode()), stood.uid());
	}

	private static Standing withOwner(MendStep step) {
		return new Standing(Objects.requireNonNull(step.stood()).mode(), Long.parseLong(step.after()));
	}

	/** What is written is for its owner alone. */
	private static MendResult withItsMode(NodeConversation conversation, String account, MendStep step) {
		Standing stood = step.stood();
		String written = Permissions.shown(Permissions.OWNERS, MendStep.NOTHING);
		if (step.was() == null || stood == null || stood.mode().equals(written)
				|| (stood.uid() == 0 && !"root".equals(account))) {
			return MENDED;
		}
		return conversation.ask(new MendPath(account,
				new NodeMend.SetMode(step.path(), new Standing(written, stood.uid()), Permissions.of(stood.mode()))));
	}

	/** What is written in place of a file, or that it goes. */
	private record Replacement(String path, String hash, @Nullable AuthorizedKeysFile content) {

	}

	private MendResult write(NodeConversation conversation, Node node, String account, Replacement to) {
		AuthorizedKeysFile content = to.content();
		if (content == null) {
			return removed(conversation.ask(new RemoveFile(account, to.path(), to.hash())));
		}
		WriteFile change = new WriteFile(account, to.path(), unlessNothing(to.hash()), content.render());
		Commit commit = account.equals(node.management().account())
				? this.commits.commit(conversation, change, Endpoint.of(node),
						new Login(account, node.management().privilege(), Secret.ManagementKey.of(node)))
				: Commit.of(conversation.ask(change));
		if (commit instanceof Commit.Undone undone) {
			return new MendResult.Failed("io", this.findings.of(undone, account, to.path()));
		}
		return (commit instanceof Commit.Done) ? MENDED : new MendResult.Changed();
	}

	private static MendResult removed(Removal removal) {
		if (removal instanceof Removal.Failed failed) {
			return new MendResult.Failed(failed.code(), failed.detail());
		}
		return (removal instanceof Removal.Removed) ? MENDED : new MendResult.Changed();
	}

	private static @Nullable String unlessNothing(String hash) {
		return MendStep.NOTHING.equals(hash) ? null : hash;
	}

}
