package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.KeptEntries;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.plan.LinePlan;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.AccountOutcome.Content;
import org.jspecify.annotations.Nullable;

/** What an account comes to, by what became of each of its files. None of them failed. */
final class AccountVerdict {

	private final RunContext context;

	private final AccountFiles files;

	private final AccountAim aim;

	private final Admission admission;

	private final FileOutcome main;

	private final List<FileOutcome> read;

	private final List<FileOutcome> left;

	/**
	 * @param read what became of the files that sshd reads, the first of them first
	 * @param left of those that it reads no more
	 */
	AccountVerdict(RunContext context, AccountFiles files, AccountAim aim, Admission admission, List<FileOutcome> read,
			List<FileOutcome> left) {
		this.context = context;
		this.files = files;
		this.aim = aim;
		this.admission = admission;
		this.main = read.get(0);
		this.read = read;
		this.left = left;
	}

	/**
	 * How an account stands.
	 *
	 * @param detail what is the matter, for a person, or null
	 * @param onNode what it comes to for the node
	 */
	private record Standing(NodeState state, @Nullable String detail, NodeState onNode) {

		static Standing of(NodeState state, @Nullable String detail) {
			return new Standing(state, detail, state);
		}

	}

	AccountOutcome outcome() {
		List<AccountState.Entry> entries = entries();
		Standing standing = standing();
		Admission.LineVerdicts ofLines = this.admission.ofLines();
		List<String> remarks = new AccountRemarks(this.context, this.files, this.admission, this.aim).of(this.main,
				KeptEntries.beyond(entries));
		return new AccountOutcome(
				new AccountState(account(), this.files.firstPath(), standing.state(), standing.detail(), entries),
				content(), new AccountOutcome.Comparison(hash(), this.aim.hash(this.files.firstPath()), false),
				LineChanges.of(all().map(FileOutcome::changes).toList()))
			.with(Stream.concat(remarks.stream(), ofLines.remarks().stream()).toList())
			.refusing(ofLines.refused(), ofLines.remarks())
			.confirmed(this.main.confirmed() ? this.main.path() : null)
			.exclusive(this.aim.waitsForConfirmation() && !hasForeignLines())
			.onNode(standing.onNode());
	}

	private List<AccountState.Entry> entries() {
		List<AccountState.Entry> entries = new ArrayList<>(this.main.plan().entries());
		all().skip(1).forEach((file) -> file.plan().entries().forEach((entry) -> entries.add(entry.in(file.path()))));
		return entries;
	}

	/** That sshd refuses the account goes before what stands in its files. */
	private Standing standing() {
		Standing ofFiles = standingOfFiles();
		String refusal = this.admission.refusal();
		if (refusal == null) {
			return ofFiles;
		}
		return new Standing(NodeState.FAILED, refusal,
				this.admission.isOfTheAccountAlone() ? ofFiles.onNode() : NodeState.FAILED);
	}

	private Standing standingOfFiles() {
		StrictModesFault fault = this.aim.desired().isEmpty() ? null : this.main.strictModesFault();
		if (fault != null) {
			return Standing.of(NodeState.FAILED, findings().of(fault, account(), this.files.firstPath()));
		}
		int beyond = this.main.beyond().size();
		if (beyond > 0) {
			return Standing.of(NodeState.DRIFTED,
					findings().text("no-room", account(), this.context.reading().mostLines(), beyond));
		}
		if (all().anyMatch((file) -> file.plan().isCutShort())) {
			return Standing.of(NodeState.DRIFTED,
					findings().text("foreign.too-many", account(), LinePlan.MOST_REMOVED));
		}
		if (this.aim.waitsForConfirmation() && hasForeignLines()) {
			return Standing.of(NodeState.DRIFTED, findings().text("exclusive.waits", account()));
		}
		return all().allMatch((file) -> isInSync(file.plan())) ? Standing.of(NodeState.IN_SYNC, null)
				: Standing.of(NodeState.DRIFTED, findings().text("drift", account()));
	}

	private boolean isInSync(LinePlan plan) {
		boolean observes = this.context.node().management().mode() == Mode.OBSERVE;
		return plan.isNothingToDo() && (!observes || !plan.hasForeignLinesBut(this.aim.tolerated()));
	}

	private boolean hasForeignLines() {
		return all().anyMatch((file) -> file.plan().hasForeignLinesBut(this.aim.tolerated()));
	}

	private String hash() {
		List<@Nullable String> hashes = new ArrayList<>();
		this.read.forEach((file) -> hashes.add(file.hash()));
		return AccountFiles.combined(hashes);
	}

	private Content content() {
		Set<String> texts = new HashSet<>();
		all().forEach((file) -> file.file().lines().forEach((line) -> texts.add(line.text())));
		Set<Fingerprint> keys = this.read.stream()
			.flatMap((file) -> file.file().lines().stream())
			.flatMap((line) -> line.key().stream())
			.map(PublicKey::fingerprint)
			.collect(Collectors.toSet());
		boolean isClean = this.left.stream().allMatch((file) -> file.plan().isNothingToDo());
		return new Content(texts, keys, this.main.plan().served(), isClean ? this.main.path() : null,
				this.main.beyond());
	}

	private Stream<FileOutcome> all() {
		return Stream.concat(this.read.stream(), this.left.stream());
	}

	private String account() {
		return this.files.account();
	}

	private Findings findings() {
		return this.context.tools().findings();
	}

}
