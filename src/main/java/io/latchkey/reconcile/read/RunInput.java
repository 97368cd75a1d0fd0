package io.latchkey.reconcile.read;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.foreignkeys.Decided;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementLines;
import io.latchkey.nodestate.Leaving;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.nodestate.RememberedFiles;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.converse.OtherAccounts;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.runs.PartInputs;
import org.jspecify.annotations.Nullable;

/**
 * All that a run has to know before it talks to its node, read in one transaction.
 *
 * @param removed how many foreign lines of each account are stored that were taken off
 * @param parts what the parts of the run have to know
 */
public record RunInput(Node node, NodeStateRow row, NodeRecords records, ManagementLines management,
		Map<String, RememberedAccount> remembered, Map<String, RememberedFiles> files, List<PlacedLine> placed,
		Map<String, Set<String>> foreign, Map<String, List<Line>> kept, Map<String, Long> removed,
		@Nullable Leaving leaving, Decided decided, Set<String> loginAccounts, PartInputs parts) {

	/** Whether a login that is refused proves that the node is clean. */
	public boolean mayHaveLeft() {
		return this.leaving != null && this.leaving.mayBeGone();
	}

	/**
	 * The accounts that Latchkey has to do with: those that should have lines, had some,
	 * or let it in.
	 */
	public Set<String> accounts(DesiredState expected) {
		if (this.node.privilege() == Privilege.SELF) {
			return Set.of(this.node.managementAccount());
		}
		Set<String> accounts = new TreeSet<>(expected.accounts().keySet());
		accounts.add(this.node.managementAccount());
		this.placed.forEach((line) -> accounts.add(line.account()));
		accounts.addAll(this.kept.keySet());
		accounts.addAll(this.decided.unwanted().keySet());
		return accounts;
	}

	/**
	 * The others that are looked at: those that could log in, and those that were looked
	 * at before. None while one of them holds the node up; a person's check tries again.
	 * @param own those that Latchkey has to do with
	 */
	public Set<String> otherAccounts(Set<String> own) {
		boolean heldUp = this.row.unseen().reason() == UnseenAccounts.Reason.SLOW
				&& this.row.trigger() != Run.Trigger.MANUAL;
		if (this.node.privilege() == Privilege.SELF || heldUp) {
			return Set.of();
		}
		Set<String> others = new TreeSet<>(this.loginAccounts);
		others.removeAll(own);
		this.remembered.keySet()
			.stream()
			.filter((account) -> !own.contains(account) && !this.loginAccounts.contains(account))
			.sorted()
			.limit(OtherAccounts.MOST)
			.forEach(others::add);
		return others;
	}

	/** Whether accounts are looked at that Latchkey has nothing to do with. */
	public boolean looksAtOthers() {
		return this.node.privilege() != Privilege.SELF && this.leaving == null
				&& this.row.unseen().reason() != UnseenAccounts.Reason.SLOW;
	}

	/**
	 * Whether the node is to be asked which accounts could log in, whatever else it says.
	 */
	public boolean asksForAccounts() {
		return this.node.privilege() != Privilege.SELF && this.leaving == null && switch (this.row.unseen().reason()) {
			case NOT_YET -> true;
			case SLOW -> this.row.trigger() == Run.Trigger.MANUAL;
			case OWN_ALONE -> true;
			case NONE, MORE -> false;
		};
	}

	public KnownLines knownLines(String account) {
		return new KnownLines(this.placed.stream().filter((line) -> line.account().equals(account)).toList(),
				this.foreign.getOrDefault(account, Set.of()), this.kept.getOrDefault(account, List.of()),
				this.management.all(), this.decided.tolerated().keySet(), this.decided.unwantedOn(account),
				isForeignWhole(account));
	}

	private boolean isForeignWhole(String account) {
		RememberedAccount remembered = this.remembered.get(account);
		return remembered == null || remembered.foreignWhole();
	}

	public RememberedFiles files(String account) {
		return this.files.getOrDefault(account, RememberedFiles.NONE);
	}

	/**
	 * In which mode an account's files are kept right. An exclusive node takes nothing
	 * off that it found at its first look at the account, until that was shown and
	 * confirmed.
	 */
	public Mode modeOf(String account) {
		boolean waits = this.node.mode() == Mode.EXCLUSIVE && !files(account).exclusive();
		return waits ? Mode.ADDITIVE : this.node.mode();
	}

	/**
	 * When the first of the tolerations ends that keep a line where else only desired
	 * ones may stand; null when none does.
	 */
	public @Nullable Instant nextEndOfToleration() {
		if (this.node.mode() != Mode.EXCLUSIVE) {
			return null;
		}
		return this.foreign.values()
			.stream()
			.flatMap(Set::stream)
			.flatMap((text) -> Line.observed(text).key().stream())
			.map((key) -> this.decided.tolerated().get(key.fingerprint()))
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** Whether a file may stand on trial. */
	public boolean isInDoubtAt(Instant now) {
		return this.files.values().stream().anyMatch((files) -> files.isInDoubtAt(now));
	}

	/** The files in which lines of Latchkey's were placed. */
	public Set<String> placedFiles(String account) {
		return this.placed.stream()
			.filter((line) -> line.isOwn() && line.account().equals(account))
			.map(PlacedLine::file)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

}
