package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CompareAndWrite;
import io.latchkey.conversation.FileComparison;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.plan.FileRole;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.reconcile.plan.LinePlan;
import org.jspecify.annotations.Nullable;

/**
 * One file in one run: compares it with the desired lines and, where the mode allows,
 * makes it match. A file that changes in between is read and planned again. A change that
 * could shut Latchkey out is written on trial.
 */
class FileReconciliation implements FileComparison<FileOutcome> {

	private final RunContext context;

	private final String account;

	private final String path;

	private final List<DesiredLine> desired;

	private List<DesiredLine> fitting;

	private final FilePlanning planning;

	private final FileWrites writes;

	private final FileRole role;

	private final List<String> added = new ArrayList<>();

	private final List<String> removed = new ArrayList<>();

	private KnownLines known;

	private ObservedFile observed;

	private boolean proved;

	private FileReconciliation(RunContext context, ObservedFile observed, String path, List<DesiredLine> desired,
			KnownLines known, @Nullable Line managementLine, FileRole role) {
		this.context = context;
		this.observed = observed;
		this.account = observed.account();
		this.path = path;
		this.desired = desired;
		this.fitting = desired;
		this.known = known;
		this.planning = new FilePlanning(context, this.account, role, desired, managementLine);
		this.writes = new FileWrites(context, this.account, path, role);
		this.role = role;
	}

	/**
	 * Of the file in which Latchkey's lines belong.
	 * @param managementLine the line that has to come along because the file is another
	 * than before, or null
	 */
	static FileReconciliation ofFirst(RunContext context, ObservedFile observed, String path, List<DesiredLine> desired,
			@Nullable Line managementLine) {
		return new FileReconciliation(context, observed, path, desired, context.input().knownLines(observed.account()),
				managementLine, FileRole.FIRST);
	}

	/** Of a file in which no line of Latchkey's belongs. */
	static FileReconciliation ofOther(RunContext context, ObservedFile observed, String path, FileRole role) {
		return new FileReconciliation(context, observed, path, List.of(),
				context.input().knownLines(observed.account()).elsewhere(), null, role);
	}

	/**
	 * Of a file of which it is not known whether sshd reads it: nothing is added to it,
	 * and of Latchkey's lines only those stay that are desired.
	 */
	static FileReconciliation ofUntold(RunContext context, ObservedFile observed, String path,
			List<DesiredLine> desired) {
		return new FileReconciliation(context, observed, path, desired,
				context.input().knownLines(observed.account()).elsewhere(), null, FileRole.UNTOLD);
	}

	FileOutcome run() {
		return new CompareAndWrite(this.context.conversation()).run(this.observed, this);
	}

	@Override
	public FileOutcome undone(Commit.Undone why) {
		return failed(findings().of(why, this.account, this.path));
	}

	@Override
	public Optional<FileOutcome> compare(ObservedFile standing, String at) {
		this.observed = standing;
		boolean exists = standing.presence() == Presence.FILE;
		byte[] content = exists ? content() : new byte[0];
		String hash = exists ? ContentHash.of(content) : null;
		AuthorizedKeysFile file = AuthorizedKeysFile.parse(content);
		LinePlan plan = plan(file);
		if (this.context.node().management().mode() == Mode.OBSERVE) {
			return Optional.of(asObserved(plan, file, hash));
		}
		note(plan);
		if (plan.isNothingToDo() && !this.writes.isInDoubt()) {
			return Optional.of(asObserved(plan, file, hash));
		}
		return settled(plan, this.writes.write(standing, file, hash, plan.target()));
	}

	private Optional<FileOutcome> settled(LinePlan plan, Commit commit) {
		if (commit instanceof Commit.Done done) {
			return Optional.of(goesOn(plan, done) ? nextStep() : asWritten(plan, done));
		}
		return (commit instanceof Commit.Undone undone) ? Optional.of(undone(undone)) : Optional.empty();
	}

	private FileOutcome nextStep() {
		ObserveFiles again = ObserveFiles.at(this.account, this.path);
		this.observed = this.context.conversation().ask(again).accounts().get(0);
		return run();
	}

	/** Another write follows where this one has brought the newest management key. */
	private boolean goesOn(LinePlan plan, Commit.Done done) {
		boolean isWhole = done.hash().equals(ContentHash.of(plan.target().render()));
		if (!isOfManagement() || !done.confirmed() || !isWhole || !this.context.move().advance(plan.target())) {
			return false;
		}
		this.proved = true;
		this.added.addAll(plan.added());
		this.removed.addAll(plan.allRemoved());
		return true;
	}

	private boolean isOfManagement() {
		return this.account.equals(this.context.node().management().account());
	}

	/** It is read only where its hash is not one of a content that is known. */
	private byte[] content() {
		KnownContents contents = this.context.tools().contents();
		return contents.find(this.observed.hash()).orElseGet(() -> {
			byte[] read = this.context.conversation().ask(new ReadFile(this.account, this.path));
			contents.keep(read);
			return read;
		});
	}

	private LinePlan plan(AuthorizedKeysFile file) {
		this.fitting = this.planning.fitting(file, this.known);
		LinePlan plan = this.planning.plan(file, this.fitting, this.known);
		return (isOfManagement() && this.role != FileRole.UNTOLD) ? moved(plan) : plan;
	}

	private LinePlan moved(LinePlan plan) {
		if (this.role == FileRole.FIRST && !this.writes.isInDoubt()) {
			this.context.move().noteStands(plan.target());
		}
		AuthorizedKeysFile planned = plan.target();
		return plan.to((this.role == FileRole.FIRST) ? this.context.move().inFirst(planned)
				: this.context.move().inOther(planned));
	}

	/** Notes what is about to change, before it does. */
	private void note(LinePlan plan) {
		IntendedChange change = IntendedChange.of(plan, this.fitting, this.known, this.account, this.path);
		if (!change.isNothing()) {
			this.context.tools().intentions().note(this.context.node().id(), this.account, this.path, change);
			this.context.room().take(this.account, change.toRemove().size());
			this.known = this.known.with(change.toPlace());
		}
	}

	private FileOutcome asObserved(LinePlan plan, AuthorizedKeysFile file, @Nullable String hash) {
		return new FileOutcome(this.path, null, file, hash, plan, changes(), heeded(fault()), this.proved, beyond());
	}

	private LineChanges changes() {
		return new LineChanges(this.added, this.removed);
	}

	private FileOutcome asWritten(LinePlan plan, Commit.Done done) {
		if (!done.hash().equals(ContentHash.of(plan.target().render()))) {
			return failed(findings().text("write.read-back", this.account, this.path));
		}
		this.added.addAll(plan.added());
		this.removed.addAll(plan.allRemoved());
		return new FileOutcome(this.path, null, plan.target(), done.hash(), plan(plan.target()), changes(),
				done.confirmed() ? null : heeded(done.strictModesFault()), done.confirmed(), beyond());
	}

	/** Those for which there is no room. */
	private List<DesiredLine> beyond() {
		return this.desired.stream().filter((line) -> !this.fitting.contains(line)).toList();
	}

	private @Nullable StrictModesFault fault() {
		return this.observed.strictModesFault();
	}

	private @Nullable StrictModesFault heeded(@Nullable StrictModesFault fault) {
		return this.context.reading().strictModes() ? fault : null;
	}

	private FileOutcome failed(String failure) {
		return FileOutcome.failed(this.path, failure);
	}

	private Findings findings() {
		return this.context.tools().findings();
	}

}
