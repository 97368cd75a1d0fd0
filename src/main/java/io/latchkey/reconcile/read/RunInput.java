package io.latchkey.reconcile.read;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.NodeRecords;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeMemory;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.nodestate.RememberedFiles;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.runs.Clearing;
import io.latchkey.runs.ForeignLineDecisions;
import io.latchkey.runs.OwnLines;
import io.latchkey.runs.PartInputs;
import org.jspecify.annotations.Nullable;

/**
 * All that a run has to know before it talks to its node, read in one transaction.
 *
 * @param memory of the node's accounts and their files
 * @param own the lines that let Latchkey itself in
 * @param clearing how far the node has come that is to be cleared, or null
 * @param foreignLines what was decided of those that are none of Latchkey's
 * @param parts what the parts of the run have to know
 */
public record RunInput(Node node, NodeStateRow row, NodeRecords records, OwnLines own, NodeMemory memory,
		Clearing.@Nullable Standing clearing, ForeignLineDecisions foreignLines, PartInputs parts) {

	/**
	 * Accounts of one node that are looked at for no other reason than that they are
	 * there.
	 */
	public static final int MOST_OTHERS = 200;

	/**
	 * The same of a node that is to be cleared: nothing of Latchkey's should stand there,
	 * and everything else stays, in whatever mode it was.
	 */
	RunInput toBeCleared(Clearing.Standing standing) {
		return new RunInput(this.node.in(Mode.ADDITIVE), this.row, NodeRecords.NONE, this.own,
				this.memory.withoutLogins(), standing, this.foreignLines.calledOff(), this.parts);
	}

	/** Whether nothing of Latchkey's is to stand there any more. */
	public boolean isToBeCleared() {
		return this.clearing != null;
	}

	/** Whether a login that is refused proves that the node is clear. */
	public boolean mayBeClear() {
		return this.clearing == Clearing.Standing.LAST_STEP;
	}

	/**
	 * The accounts that Latchkey has to do with: those that should have lines, had some,
	 * or let it in.
	 */
	public Set<String> accounts(DesiredState expected) {
		if (this.node.management().privilege() == Privilege.SELF) {
			return Set.of(this.node.management().account());
		}
		Set<String> accounts = new TreeSet<>(expected.accounts().keySet());
		accounts.add(this.node.management().account());
		this.memory.placed().forEach((line) -> accounts.add(line.account()));
		accounts.addAll(this.foreignLines.kept().keySet());
		accounts.addAll(this.foreignLines.unwanted().keySet());
		return accounts;
	}

	/**
	 * The others that are looked at: those that could log in, and those that were looked
	 * at before. None while one of them holds the node up; a person's check tries again.
	 * @param own those that Latchkey has to do with
	 */
	public Set<String> otherAccounts(Set<String> own) {
		boolean heldUp = this.row.remarks().unseen().reason() == UnseenAccounts.Reason.SLOW
				&& this.row.demand().trigger() != Run.Trigger.MANUAL;
		if (this.node.management().privilege() == Privilege.SELF || heldUp) {
			return Set.of();
		}
		Set<String> others = new TreeSet<>(this.memory.logins());
		others.removeAll(own);
		this.memory.accounts()
			.keySet()
			.stream()
			.filter((account) -> !own.contains(account) && !this.memory.logins().contains(account))
			.sorted()
			.limit(MOST_OTHERS)
			.forEach(others::add);
		return others;
	}

	/** Whether accounts are looked at that Latchkey has nothing to do with. */
	public boolean looksAtOthers() {
		return this.node.management().privilege() != Privilege.SELF && !isToBeCleared()
				&& this.row.remarks().unseen().reason() != UnseenAccounts.Reason.SLOW;
	}

	/**
	 * Whether the node is to be asked which accounts could log in, whatever else it says.
	 */
	public boolean asksForAccounts() {
		return this.node.management().privilege() != Privilege.SELF && !isToBeCleared()
				&& switch (this.row.remarks().unseen().reason()) {
					case NOT_YET -> true;
					case SLOW -> this.row.demand().trigger() == Run.Trigger.MANUAL;
					case OWN_ALONE -> true;
					case NONE, MORE -> false;
				};
	}

	public KnownLines knownLines(String account) {
		return new KnownLines(this.memory.placed().stream().filter((line) -> line.account().equals(account)).toList(),
				this.memory.foreign().getOrDefault(account, Set.of()), this.foreignLines.keptOn(account),
				this.own.all(), this.foreignLines.tolerated().keySet(), this.foreignLines.unwantedOn(account),
				isForeignWhole(account));
	}

	private boolean isForeignWhole(String account) {
		RememberedAccount remembered = this.memory.accounts().get(account);
		return remembered == null || remembered.foreignWhole();
	}

	public RememberedFiles files(String account) {
		return this.memory.files().getOrDefault(account, RememberedFiles.NONE);
	}

	/**
	 * In which mode an account's files are kept right. An exclusive node takes nothing
	 * off that it found at its first look at the account, until that was shown and
	 * confirmed.
	 */
	public Mode modeOf(String account) {
		boolean waits = this.node.management().mode() == Mode.EXCLUSIVE && !files(account).exclusive();
		return waits ? Mode.ADDITIVE : this.node.management().mode();
	}

	/**
	 * When the first of the tolerations ends that keep a line where else only desired
	 * ones may stand; null when none does.
	 */
	public @Nullable Instant nextEndOfToleration() {
		if (this.node.management().mode() != Mode.EXCLUSIVE) {
			return null;
		}
		return this.memory.foreign()
			.values()
			.stream()
			.flatMap(Set::stream)
			.flatMap((text) -> Line.observed(text).key().stream())
			.map((key) -> this.foreignLines.tolerated().get(key.fingerprint()))
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** Whether a file may stand on trial. */
	public boolean isInDoubtAt(Instant now) {
		return this.memory.files().values().stream().anyMatch((files) -> files.isInDoubtAt(now));
	}

	/** The files in which lines of Latchkey's were placed. */
	public Set<String> placedFiles(String account) {
		return this.memory.placed()
			.stream()
			.filter((line) -> line.isOwn() && line.account().equals(account))
			.map(PlacedLine::file)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
	}

}
