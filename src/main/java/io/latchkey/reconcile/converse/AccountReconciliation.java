package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.plan.FileRole;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.AccountOutcome.Content;
import org.jspecify.annotations.Nullable;

/**
 * One account in one run: its desired lines go into the first file that sshd reads for
 * it; from the others, and from those that sshd reads no more, Latchkey's lines go.
 */
class AccountReconciliation {

	private final RunContext context;

	private final AccountFiles files;

	private final AccountAim aim;

	private final Admission admission;

	AccountReconciliation(RunContext context, AccountFiles files, List<DesiredLine> desired) {
		this.context = context;
		this.files = files;
		this.aim = new AccountAim(context.input(), files.account(), desired);
		this.admission = new Admission(files, desired, context.tools().findings());
	}

	AccountOutcome run(@Nullable RememberedAccount remembered) {
		Unanswered unanswered = this.files.unanswered();
		if (unanswered != null) {
			return new UntoldAccount(this.context, this.files, this.aim).run(findings().of(unanswered, account()));
		}
		if (remembered != null && isAs(remembered)) {
			return AccountOutcome.unchanged(account(), remembered)
				.with(new AccountRemarks(this.context, this.files, this.admission, this.aim)
					.of(remembered.foreignBeyond()));
		}
		ObservedFile first = this.files.first();
		if (first == null) {
			return withoutFile();
		}
		return switch (first.presence()) {
			case FILE, ABSENT -> reconcile(first, remembered);
			case NO_ACCOUNT -> withoutAccount();
			case NO_HOME -> withoutHome();
			default -> failed(findings().of(first.presence(), account(), file()));
		};
	}

	private boolean isAs(RememberedAccount remembered) {
		String observed = this.files.hash();
		return remembered.state() == NodeState.IN_SYNC && this.aim.hash(file()).equals(remembered.desiredHash())
				&& observed != null && observed.equals(remembered.contentHash()) && this.aim.isNothingToGo() && !moves()
				&& this.files.left().isEmpty() && heededFault() == null && this.admission.refusal() == null
				&& !this.context.input().files(account()).isInDoubtAt(this.context.now());
	}

	/** Whether the management line is on its way to another key. */
	private boolean moves() {
		return this.context.move().isUnderWay() && isOfManagement();
	}

	private boolean isOfManagement() {
		return account().equals(this.context.node().management().account());
	}

	private @Nullable StrictModesFault heededFault() {
		ObservedFile first = this.files.first();
		if (first == null || this.aim.desired().isEmpty() || !this.context.reading().strictModes()) {
			return null;
		}
		return first.strictModesFault();
	}

	private AccountOutcome withoutFile() {
		String finding = findings().text("key-files.none", account());
		return this.aim.isNothing() ? nothing(finding) : failedAlone(finding);
	}

	private AccountOutcome withoutAccount() {
		String finding = findings().of(Presence.NO_ACCOUNT, account(), file());
		return this.aim.isNothing() ? nothing(finding) : failedAlone(finding);
	}

	/** A home that comes back may bring lines of Latchkey's along. */
	private AccountOutcome withoutHome() {
		String finding = findings().of(Presence.NO_HOME, account(), file());
		return (this.aim.isNothing() && this.aim.isNothingPlaced()) ? nothing(finding) : failedAlone(finding);
	}

	private AccountOutcome nothing(String finding) {
		return new AccountOutcome(new AccountState(account(), file(), NodeState.IN_SYNC, finding, List.of()),
				Content.NOTHING, new AccountOutcome.Comparison(AccountFiles.NO_FILE, this.aim.hash(file()), false),
				LineChanges.NONE);
	}

	/** What should be gone and is not known to be is never the account's alone. */
	private AccountOutcome failedAlone(String finding) {
		return this.aim.isNothingToGo() ? failed(finding).onNode(NodeState.IN_SYNC) : failed(finding);
	}

	private AccountOutcome reconcile(ObservedFile first, @Nullable RememberedAccount remembered) {
		List<FileOutcome> read = new ArrayList<>();
		read.add(FileReconciliation.ofFirst(this.context, first, file(), this.aim.desired(), moved(remembered)).run());
		this.files.read().stream().skip(1).map(this::further).forEach(read::add);
		List<FileOutcome> left = this.files.left().stream().map(this::left).toList();
		return Stream.concat(read.stream(), left.stream())
			.map(FileOutcome::failure)
			.filter(Objects::nonNull)
			.findFirst()
			.map(this::failed)
			.orElseGet(() -> new AccountVerdict(this.context, this.files, this.aim,
					this.admission.knowing(this.context.conversation()), read, left)
				.outcome());
	}

	private FileOutcome further(ObservedFile file) {
		return isLookedInto(file) ? withoutOwnLines(file, FileRole.FURTHER) : FileOutcome.absent("");
	}

	private FileOutcome left(ObservedFile file) {
		boolean cannotBeRead = file.presence() == Presence.UNREADABLE || file.presence() == Presence.TOO_LARGE;
		return (isLookedInto(file) || cannotBeRead) ? withoutOwnLines(file, FileRole.LEFT) : FileOutcome.absent("");
	}

	private FileOutcome withoutOwnLines(ObservedFile file, FileRole role) {
		String path = file.path();
		return (path != null) ? FileReconciliation.ofOther(this.context, file, path, role).run()
				: FileOutcome.absent("");
	}

	/** What somebody else may put in a file's place, such as a link, stays. */
	private static boolean isLookedInto(ObservedFile file) {
		return file.presence() == Presence.FILE || file.presence() == Presence.ABSENT;
	}

	/**
	 * The management line when sshd reads another file than before, or is about to: it
	 * has to be there before that counts.
	 */
	private @Nullable Line moved(@Nullable RememberedAccount remembered) {
		if (!isOfManagement()) {
			return null;
		}
		String confirmed = this.context.input().files(account()).confirmedFile();
		String before = (confirmed == null && remembered != null) ? remembered.file() : confirmed;
		boolean moved = before != null && !before.isEmpty() && !before.equals(file());
		return moved ? Line.of(this.context.input().own().line()) : null;
	}

	private AccountOutcome failed(String finding) {
		return AccountOutcome.failed(account(), file(), finding);
	}

	private String file() {
		return this.files.firstPath();
	}

	private String account() {
		return this.files.account();
	}

	private Findings findings() {
		return this.context.tools().findings();
	}

}
