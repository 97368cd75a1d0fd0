package io.latchkey.reconcile.converse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.KeptEntries;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.plan.FileRole;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.reconcile.plan.LinePlan;
import io.latchkey.reconcile.plan.LinesRead;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.AccountOutcome.Content;
import org.jspecify.annotations.Nullable;

/**
 * One account in one run: its desired lines go into the first file that sshd reads for
 * it; from the others, and from those that sshd reads no more, Latchkey's lines go.
 */
class AccountReconciliation {

	/** Stands for the hash where there is no file. */
	private static final String NO_FILE = "-";

	private final RunContext context;

	private final AccountFiles files;

	private final List<DesiredLine> desired;

	private Admission admission;

	private final List<FileOutcome> outcomes = new ArrayList<>();

	AccountReconciliation(RunContext context, AccountFiles files, List<DesiredLine> desired) {
		this.context = context;
		this.files = files;
		this.desired = desired;
		this.admission = new Admission(files, desired, context.tools().findings());
	}

	AccountOutcome run(@Nullable RememberedAccount remembered) {
		Unanswered unanswered = this.files.unanswered();
		if (unanswered != null) {
			return withoutAnswer(findings().of(unanswered, account()));
		}
		if (remembered != null && isAs(remembered)) {
			return AccountOutcome.unchanged(account(), remembered).with(warnings(remembered.foreignBeyond()));
		}
		ObservedFile first = first();
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
		return remembered.state() == NodeState.IN_SYNC && desiredHash().equals(remembered.desiredHash())
				&& observedHash() != null && Objects.equals(observedHash(), remembered.contentHash())
				&& isEverythingPlacedDesired() && !moves() && this.files.left().isEmpty() && heededFault() == null
				&& this.admission.refusal() == null
				&& !this.context.input().files(account()).isInDoubtAt(this.context.now());
	}

	/** Whether the management line is on its way to another key. */
	private boolean moves() {
		return this.context.move().isUnderWay() && account().equals(this.context.node().managementAccount());
	}

	private boolean isEverythingPlacedDesired() {
		Set<String> texts = this.desired.stream().map(DesiredLine::text).collect(Collectors.toSet());
		return this.context.input()
			.knownLines(account())
			.placed()
			.stream()
			.map(PlacedLine::line)
			.allMatch(texts::contains);
	}

	private @Nullable StrictModesFault heededFault() {
		ObservedFile first = first();
		if (first == null || this.desired.isEmpty() || !this.context.strictModes()) {
			return null;
		}
		return first.strictModesFault();
	}

	/** What stands in all files that sshd reads, or null when that is not known. */
	private @Nullable String observedHash() {
		List<String> hashes = new ArrayList<>();
		for (ObservedFile file : this.files.read()) {
			if (file.presence() == Presence.FILE && file.hash() == null) {
				return null;
			}
			hashes.add((file.hash() != null) ? file.hash() : NO_FILE);
		}
		return combined(hashes);
	}

	private static String combined(List<String> hashes) {
		return (hashes.size() == 1) ? hashes.get(0)
				: ContentHash.of(String.join("\n", hashes).getBytes(StandardCharsets.UTF_8));
	}

	private AccountOutcome withoutAccount() {
		String finding = findings().of(Presence.NO_ACCOUNT, account(), file());
		return isNothingWanted() ? nothing(finding) : failedAlone(finding);
	}

	/** A home that comes back may bring lines of Latchkey's along. */
	private AccountOutcome withoutHome() {
		String finding = findings().of(Presence.NO_HOME, account(), file());
		return (isNothingWanted() && known().placed().isEmpty()) ? nothing(finding) : failedAlone(finding);
	}

	/** What should be gone and is not known to be is never the account's alone. */
	private AccountOutcome failedAlone(String finding) {
		return isEverythingPlacedDesired() ? failed(finding).onNode(NodeState.IN_SYNC) : failed(finding);
	}

	private boolean isNothingWanted() {
		return this.desired.isEmpty() && kept().isEmpty();
	}

	private List<Line> kept() {
		return known().kept();
	}

	private Set<Fingerprint> tolerated() {
		return known().tolerated();
	}

	private KnownLines known() {
		return this.context.input().knownLines(account());
	}

	/**
	 * Nothing is written where sshd may not look. What should be gone goes all the same
	 * from where it was put.
	 */
	private AccountOutcome withoutAnswer(String finding) {
		for (ObservedFile file : Stream.concat(this.files.read().stream(), this.files.left().stream()).toList()) {
			String path = file.path();
			if (path != null && file.presence() == Presence.FILE) {
				this.outcomes.add(FileReconciliation.ofUntold(this.context, file, path, this.desired).run());
			}
		}
		String failure = this.outcomes.stream()
			.map(FileOutcome::failure)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		if (failure != null) {
			return failed(failure);
		}
		boolean isDone = isNothingWanted() && this.outcomes.stream().allMatch((file) -> file.plan().isNothingToDo());
		List<AccountState.Entry> entries = new ArrayList<>();
		this.outcomes.forEach((file) -> file.plan().entries().forEach((entry) -> entries.add(entry.in(file.path()))));
		AccountState state = new AccountState(account(), file(), isDone ? NodeState.IN_SYNC : NodeState.FAILED, finding,
				entries);
		return new AccountOutcome(state, untold(), null, null, lines(FileOutcome::added), lines(FileOutcome::removed),
				false)
			.with(isDone ? List.of(finding) : List.of());
	}

	/** What stands in the files that were read before. */
	private Content untold() {
		Set<String> texts = new HashSet<>();
		Set<Fingerprint> keys = new HashSet<>();
		this.outcomes.forEach((file) -> file.file().lines().forEach((line) -> {
			texts.add(line.text());
			line.key().map(PublicKey::fingerprint).ifPresent(keys::add);
		}));
		return new Content(texts, keys, List.of(), null, List.of());
	}

	private AccountOutcome withoutFile() {
		String finding = findings().text("key-files.none", account());
		return isNothingWanted() ? nothing(finding) : failedAlone(finding);
	}

	private AccountOutcome nothing(String finding) {
		return new AccountOutcome(new AccountState(account(), file(), NodeState.IN_SYNC, finding, List.of()),
				Content.NOTHING, NO_FILE, desiredHash(), List.of(), List.of(), false);
	}

	private AccountOutcome reconcile(ObservedFile first, @Nullable RememberedAccount remembered) {
		FileOutcome main = FileReconciliation.ofFirst(this.context, first, file(), this.desired, moved(remembered))
			.run();
		this.outcomes.add(main);
		for (ObservedFile further : this.files.read().subList(1, this.files.read().size())) {
			String path = further.path();
			this.outcomes.add((path != null && isLookedInto(further))
					? FileReconciliation.ofOther(this.context, further, path, FileRole.FURTHER).run()
					: FileOutcome.absent(""));
		}
		List<FileOutcome> left = this.files.left().stream().map(this::clean).toList();
		this.outcomes.addAll(left);
		return this.outcomes.stream()
			.map(FileOutcome::failure)
			.filter(Objects::nonNull)
			.findFirst()
			.map(this::failed)
			.orElseGet(() -> outcome(main, left));
	}

	/**
	 * What somebody else may put in the place of a file that sshd reads no more, stays.
	 */
	private FileOutcome clean(ObservedFile left) {
		String path = left.path();
		boolean cannotBeRead = left.presence() == Presence.UNREADABLE || left.presence() == Presence.TOO_LARGE;
		return (path != null && (isLookedInto(left) || cannotBeRead))
				? FileReconciliation.ofOther(this.context, left, path, FileRole.LEFT).run() : FileOutcome.absent("");
	}

	private static boolean isLookedInto(ObservedFile file) {
		return file.presence() == Presence.FILE || file.presence() == Presence.ABSENT;
	}

	/**
	 * The management line when sshd reads another file than before, or is about to: it
	 * has to be there before that counts.
	 */
	private @Nullable Line moved(@Nullable RememberedAccount remembered) {
		if (!account().equals(this.context.node().managementAccount())) {
			return null;
		}
		String confirmed = this.context.input().files(account()).confirmedFile();
		String before = (confirmed == null && remembered != null) ? remembered.file() : confirmed;
		boolean moved = before != null && !before.isEmpty() && !before.equals(file());
		return moved ? Line.of(this.context.input().own().line()) : null;
	}

	private AccountOutcome outcome(FileOutcome main, List<FileOutcome> left) {
		this.admission = this.admission.knowing(this.context.conversation());
		int read = this.files.read().size();
		List<FileOutcome> others = this.outcomes.subList(1, this.outcomes.size());
		boolean observes = this.context.node().mode() == Mode.OBSERVE;
		boolean hasForeignLines = this.outcomes.stream()
			.anyMatch((file) -> file.plan().hasForeignLinesBut(tolerated()));
		boolean waits = waitsForConfirmation() && hasForeignLines;
		boolean inSync = !waits && main.beyond().isEmpty()
				&& this.outcomes.stream().allMatch((file) -> isInSync(file.plan(), observes));
		List<AccountState.Entry> entries = new ArrayList<>(main.plan().entries());
		others.forEach((file) -> file.plan().entries().forEach((entry) -> entries.add(entry.in(file.path()))));
		NodeState state = inSync ? NodeState.IN_SYNC : NodeState.DRIFTED;
		String detail = inSync ? null : findings().text(waits ? "exclusive.waits" : "drift", account());
		if (this.outcomes.stream().anyMatch((file) -> file.plan().isCutShort())) {
			state = NodeState.DRIFTED;
			detail = findings().text("foreign.too-many", account(), LinePlan.MOST_REMOVED);
		}
		if (!main.beyond().isEmpty()) {
			detail = findings().text("no-room", account(), this.context.mostLines(), main.beyond().size());
		}
		StrictModesFault fault = this.desired.isEmpty() ? null : main.strictModesFault();
		if (fault != null) {
			state = NodeState.FAILED;
			detail = findings().of(fault, account(), file());
		}
		NodeState onNode = state;
		String refusal = this.admission.refusal();
		if (refusal != null) {
			state = NodeState.FAILED;
			onNode = this.admission.isOfTheAccountAlone() ? onNode : state;
			detail = refusal;
		}
		AccountState account = new AccountState(account(), file(), state, detail, entries);
		Admission.LineVerdicts ofLines = this.admission.ofLines();
		return new AccountOutcome(account, content(main, left, read),
				combined(this.outcomes.subList(0, read)
					.stream()
					.map((file) -> (file.hash() != null) ? file.hash() : NO_FILE)
					.toList()),
				desiredHash(), lines(FileOutcome::added), lines(FileOutcome::removed), false)
			.with(Stream.concat(warnings(main, KeptEntries.beyond(entries)).stream(), ofLines.remarks().stream())
				.toList())
			.refusing(ofLines.refused(), ofLines.remarks())
			.confirmed(main.confirmed() ? main.path() : null)
			.exclusive(waitsForConfirmation() && !hasForeignLines)
			.onNode(onNode);
	}

	private boolean waitsForConfirmation() {
		return this.context.input().modeOf(account()) != this.context.node().mode();
	}

	private boolean isInSync(LinePlan plan, boolean observes) {
		return plan.isNothingToDo() && (!observes || !plan.hasForeignLinesBut(tolerated()));
	}

	private List<String> lines(Function<FileOutcome, List<String>> of) {
		return this.outcomes.stream().map(of).flatMap(List::stream).toList();
	}

	private Content content(FileOutcome main, List<FileOutcome> left, int read) {
		Set<String> texts = new HashSet<>();
		this.outcomes.forEach((file) -> file.file().lines().forEach((line) -> texts.add(line.text())));
		Set<Fingerprint> keys = this.outcomes.subList(0, read)
			.stream()
			.flatMap((file) -> file.file().lines().stream())
			.flatMap((line) -> line.key().stream())
			.map(PublicKey::fingerprint)
			.collect(Collectors.toSet());
		boolean isClean = left.stream().allMatch((file) -> file.plan().isNothingToDo());
		return new Content(texts, keys, main.plan().served(), isClean ? main.path() : null, main.beyond());
	}

	private List<String> warnings(FileOutcome main, long foreignBeyond) {
		int beyond = LinesRead.of(main.file(), this.context.mostLines()).beyond();
		if (beyond == 0) {
			return warnings(foreignBeyond);
		}
		List<String> warnings = new ArrayList<>(warnings(foreignBeyond));
		warnings.add(findings().text("lines-beyond", account(), this.context.mostLines(), beyond));
		return warnings;
	}

	/** What sshd reads and Latchkey cannot see, and what makes a line of no use. */
	private List<String> warnings(long foreignBeyond) {
		List<String> warnings = new ArrayList<>();
		if (foreignBeyond > 0) {
			warnings.add(findings().text("foreign.beyond", account(), foreignBeyond));
		}
		this.files.read()
			.stream()
			.skip(1)
			.filter((file) -> file.presence() == Presence.SYMLINK || file.presence() == Presence.UNREADABLE
					|| file.presence() == Presence.TOO_LARGE)
			.map((file) -> findings().text("key-files.not-looked-into", account(), String.valueOf(file.path())))
			.forEach(warnings::add);
		if (this.context.node().privilege() == Privilege.SELF && !this.desired.isEmpty()) {
			warnings.add(findings().text("key-files.assumed", account()));
		}
		warnings.addAll(this.admission.remarks());
		return warnings;
	}

	/** Changes with what the file should be, and with which file it is. */
	private String desiredHash() {
		String all = this.context.input().modeOf(account()) + "\n" + file() + "\n"
				+ this.desired.stream().map(DesiredLine::text).collect(Collectors.joining("\n"))
				+ kept().stream().map((line) -> "\nkept " + line.text()).collect(Collectors.joining())
				+ told("unwanted", known().unwanted())
				+ ((this.context.node().mode() != Mode.ADDITIVE) ? told("tolerated", tolerated()) : "");
		return ContentHash.of(all.getBytes(StandardCharsets.UTF_8));
	}

	private static String told(String what, Set<Fingerprint> keys) {
		return keys.stream().map((key) -> "\n" + what + " " + key).sorted().collect(Collectors.joining());
	}

	private AccountOutcome failed(String finding) {
		return AccountOutcome.failed(account(), file(), finding);
	}

	private @Nullable ObservedFile first() {
		return this.files.read().isEmpty() ? null : this.files.read().get(0);
	}

	private String file() {
		ObservedFile first = first();
		return (first != null && first.path() != null) ? first.path() : "";
	}

	private String account() {
		return this.files.account();
	}

	private Findings findings() {
		return this.context.tools().findings();
	}

}
