package io.latchkey.reconcile.record;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.AllAccounts;
import io.latchkey.conversation.LoginAccounts;
import io.latchkey.core.StatementBatch;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.DeliveryRepository;
import io.latchkey.desired.Dialect;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.grants.GrantId;
import io.latchkey.identity.IdentityId;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.AccountNameRepository;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.LoginAccountRepository;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunRepository;
import io.latchkey.nodestate.SshdMemory;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.converse.OtherAccounts;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.converse.Survey;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.RunParts;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores what runs came to. */
@Component
class RunJournal {

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final PlacedLineRepository placedLines;

	private final PlacedLineRecorder placedLineRecorder;

	private final DeliveryRepository deliveryRepository;

	private final DeliveryRecorder deliveries;

	private final RunParts parts;

	private final RunRepository runs;

	private final UnwantedKeys unwantedKeys;

	private final KeyRotations rotations;

	private final LoginAccountRepository loginAccounts;

	private final AccountNameRepository accountNames;

	RunJournal(AccountStateRepository accounts, AccountFilesRepository files, PlacedLineRepository placedLines,
			PlacedLineRecorder placedLineRecorder, DeliveryRepository deliveryRepository, DeliveryRecorder deliveries,
			RunParts parts, RunRepository runs, UnwantedKeys unwantedKeys, KeyRotations rotations,
			LoginAccountRepository loginAccounts, AccountNameRepository accountNames) {
		this.accounts = accounts;
		this.files = files;
		this.placedLines = placedLines;
		this.placedLineRecorder = placedLineRecorder;
		this.deliveryRepository = deliveryRepository;
		this.deliveries = deliveries;
		this.parts = parts;
		this.runs = runs;
		this.unwantedKeys = unwantedKeys;
		this.rotations = rotations;
		this.loginAccounts = loginAccounts;
		this.accountNames = accountNames;
	}

	/**
	 * Stores them, in the transaction at hand.
	 * @param rows of the nodes, which are locked
	 * @param batch takes what is to be written but for the nodes' states
	 * @return what the states are from now on
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Map<NodeId, NodeStateRow> store(List<EndedRun.Found> runs, Map<NodeId, NodeStateRow> rows,
			StatementBatch batch) {
		Map<NodeId, NodeStateRow> after = new HashMap<>();
		List<EndedRun.Found> looked = new ArrayList<>();
		for (EndedRun.Found run : runs) {
			NodeStateRow before = Objects.requireNonNull(rows.get(run.input().node().id()));
			if (run.outcome() == null) {
				after.put(before.node(), untouched(before, run.input()));
			}
			else {
				after.put(before.node(), next(before, run.input(), run.outcome()));
				looked.add(run);
			}
		}
		if (!looked.isEmpty()) {
			storeLooked(looked, rows, batch);
		}
		return after;
	}

	private void storeLooked(List<EndedRun.Found> runs, Map<NodeId, NodeStateRow> rows, StatementBatch batch) {
		List<NodeId> nodes = runs.stream().map((run) -> run.input().node().id()).toList();
		Map<NodeId, List<PlacedLine>> placed = this.placedLines.of(nodes);
		Map<NodeId, Map<GrantId, Delivery.State>> delivered = this.deliveryRepository.statesOn(nodes);
		Map<NodeId, Map<String, Set<Fingerprint>>> unwantedKeys = this.unwantedKeys.on(nodes);
		Set<IdentityId> suspended = this.deliveries.suspendedAmongKeyless(runs);
		for (EndedRun.Found run : runs) {
			RunInput input = run.input();
			RunOutcome outcome = Objects.requireNonNull(run.outcome());
			NodeId node = input.node().id();
			storeObserved(input, outcome, batch);
			List<PlacedLine> unwanted = this.placedLineRecorder.store(input, outcome,
					placed.getOrDefault(node, List.of()), batch);
			this.deliveries.store(input, outcome, delivered.getOrDefault(node, Map.of()), unwanted, suspended, batch);
			this.unwantedKeys.settle(input.node(), unwantedKeys.getOrDefault(node, Map.of()), outcome.foreignKeys());
			if (isWorthTelling(input, outcome, Objects.requireNonNull(rows.get(node)))) {
				this.runs.add(batch, run(input, outcome));
			}
			if (outcome.managementKey() != null) {
				this.rotations.note(node, outcome.managementKey());
			}
		}
		this.parts.record(runs.stream().map(EndedRun.Found::finished).toList(), batch);
	}

	private void storeObserved(RunInput input, RunOutcome outcome, StatementBatch batch) {
		NodeId node = input.node().id();
		storeFiles(node, outcome, batch);
		Set<String> forgotten = Set.of();
		LoginAccounts told = outcome.others().told();
		if (told != null && told.whole()) {
			this.loginAccounts.replace(batch, node, told.names());
			forgotten = forgetOthers(input, outcome, told.names(), batch);
		}
		for (AccountOutcome account : outcome.accounts()) {
			if (!account.unchanged() && !forgotten.contains(account.account())
					&& isWorthKeeping(account, input, outcome)) {
				storeAccount(input, account, batch);
			}
		}
		storeAccountNames(input.node(), outcome.others(), batch);
	}

	/**
	 * A check that fell due by itself and found all as it was before is told by the time
	 * of the last check alone.
	 */
	private static boolean isWorthTelling(RunInput input, RunOutcome outcome, NodeStateRow before) {
		return input.row().trigger() != Run.Trigger.DRIFT_CHECK || outcome.runOutcome() != Run.Outcome.UNCHANGED
				|| before.state() != outcome.state() || outcome.parts().areWorthTelling();
	}

	private Run run(RunInput input, RunOutcome outcome) {
		return new Run(0, input.node().id(), outcome.startedAt().truncatedTo(ChronoUnit.MICROS),
				Duration.between(outcome.startedAt(), outcome.endedAt()), input.row().trigger(), outcome.runOutcome(),
				outcome.added(), outcome.removed(), runDetail(outcome), outcome.times(),
				(outcome.failure() != null) ? outcome.failure().handshakeLog() : null);
	}

	/** The account by which the node was asked is among them, or they are not all. */
	private void storeAccountNames(Node node, OtherAccounts others, StatementBatch batch) {
		AllAccounts all = others.all();
		if (all != null && all.whole() && all.names().contains(node.managementAccount())) {
			this.accountNames.replace(batch, node.id(), all.names());
		}
		else if (all != null || node.privilege() == Privilege.SELF) {
			this.accountNames.forget(batch, node.id());
		}
	}

	private @Nullable String runDetail(RunOutcome outcome) {
		String told = Stream.of(outcome.explanation(), outcome.parts().told())
			.filter((text) -> text != null && !text.isEmpty())
			.collect(Collectors.joining(" "));
		return told.isEmpty() ? null : told;
	}

	/** A node that is not enrolled yet has nothing to be done. */
	private static NodeStateRow untouched(NodeStateRow row, RunInput input) {
		return new NodeStateRow(row.node(), NodeState.PENDING_ENROLMENT, null, row.since(), row.wanted(),
				input.row().wanted(), row.trigger(), 0, row.lastCheckedAt(), row.lastInSyncAt(), row.nextCheckAt(),
				row.sshd(), List.of(), null, row.unseen(), null);
	}

	/** What sshd said that it reads, and which file of its own was proved. */
	private void storeFiles(NodeId node, RunOutcome outcome, StatementBatch batch) {
		Survey survey = outcome.survey();
		if (survey != null) {
			survey.asked()
				.forEach((account, patterns) -> this.files.notePatterns(batch, node, account, patterns,
						survey.filesOf(account).rules(), survey.filesOf(account).obstacle()));
		}
		for (AccountOutcome account : outcome.accounts()) {
			if (account.confirmedFile() != null) {
				this.files.noteConfirmed(batch, node, account.account(), account.confirmedFile());
			}
			if (account.exclusive()) {
				this.files.noteExclusive(batch, node, account.account());
			}
		}
	}

	/**
	 * Of the accounts that Latchkey has nothing to do with, and that the node does not
	 * name any more, some are remembered: it may name others each time.
	 */
	private Set<String> forgetOthers(RunInput input, RunOutcome outcome, List<String> told, StatementBatch batch) {
		NodeId node = input.node().id();
		Set<String> others = new TreeSet<>(this.files.accounts(node));
		others.addAll(this.accounts.accounts(node));
		outcome.accounts().stream().map(AccountOutcome::account).forEach(others::add);
		others.removeAll(told);
		others.removeAll(input.accounts(input.records().at(outcome.startedAt(), Dialect.CURRENT)));
		Set<String> beyond = others.stream().skip(OtherAccounts.MOST).collect(Collectors.toSet());
		this.files.forget(batch, node, beyond);
		this.accounts.forget(batch, node, beyond);
		return beyond;
	}

	/** Most accounts that could log in have no keys. */
	private static boolean isWorthKeeping(AccountOutcome account, RunInput input, RunOutcome outcome) {
		return !outcome.others().lookedAt().contains(account.account())
				|| input.remembered().containsKey(account.account()) || !account.state().entries().isEmpty();
	}

	private void storeAccount(RunInput input, AccountOutcome account, StatementBatch batch) {
		NodeId node = input.node().id();
		if (account.content() == null && input.remembered().containsKey(account.account())) {
			this.accounts.noteState(batch, node, account.account(), account.state().state(), account.state().detail());
		}
		else {
			this.accounts.replace(batch, node, account.state(), account.contentHash(), account.desiredHash());
		}
	}

	private static NodeStateRow next(NodeStateRow before, RunInput input, RunOutcome outcome) {
		NodeState state = outcome.state();
		Instant now = outcome.endedAt().truncatedTo(ChronoUnit.MICROS);
		return new NodeStateRow(before.node(), state, outcome.explanation(),
				(state == before.state()) ? before.since() : now, before.wanted(), input.row().wanted(),
				before.trigger(), outcome.isFailed() ? before.failures() + 1 : 0,
				(outcome.survey() != null) ? now : before.lastCheckedAt(),
				(state == NodeState.IN_SYNC) ? now : before.lastInSyncAt(), before.nextCheckAt(),
				sshd(before.sshd(), outcome.survey()),
				(outcome.survey() != null) ? outcome.allFindings() : before.findings(),
				(outcome.failure() != null) ? outcome.failure().shownHostKey() : null,
				Objects.requireNonNullElse(outcome.others().unseen(), before.unseen()),
				(outcome.survey() != null) ? null : Objects.requireNonNullElse(before.missedSince(), now));
	}

	private static SshdMemory sshd(SshdMemory before, @Nullable Survey survey) {
		if (survey == null) {
			return before;
		}
		return before.after(survey.facts(), survey.sshdConfig(), survey.strictModes());
	}

}
