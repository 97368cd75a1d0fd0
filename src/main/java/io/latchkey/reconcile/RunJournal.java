package io.latchkey.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.AllAccounts;
import io.latchkey.conversation.LoginAccounts;
import io.latchkey.desired.Dialect;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores what a run came to, in one transaction. */
@Component
class RunJournal {

	private final NodeStateRepository states;

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final PlacedLineBook placedLines;

	private final DeliveryBook deliveries;

	private final SessionBook sessions;

	private final RunRepository runs;

	private final UnwantedKeys unwantedKeys;

	private final KeyRotations rotations;

	private final LoginAccountRepository loginAccounts;

	private final AccountNameRepository accountNames;

	RunJournal(NodeStateRepository states, AccountStateRepository accounts, AccountFilesRepository files,
			PlacedLineBook placedLines, DeliveryBook deliveries, SessionBook sessions, RunRepository runs,
			UnwantedKeys unwantedKeys, KeyRotations rotations, LoginAccountRepository loginAccounts,
			AccountNameRepository accountNames) {
		this.states = states;
		this.accounts = accounts;
		this.files = files;
		this.placedLines = placedLines;
		this.deliveries = deliveries;
		this.sessions = sessions;
		this.runs = runs;
		this.unwantedKeys = unwantedKeys;
		this.rotations = rotations;
		this.loginAccounts = loginAccounts;
		this.accountNames = accountNames;
	}

	/** Stores it, unless the node is gone by now. */
	@Transactional
	public void store(Briefing briefing, NodeOutcome outcome) {
		Optional<NodeStateRow> locked = this.states.lock(briefing.node().id());
		if (locked.isEmpty()) {
			return;
		}
		storeFiles(briefing.node().id(), outcome);
		outcome.accounts()
			.stream()
			.filter((account) -> !account.unchanged() && isWorthKeeping(account, briefing, outcome))
			.forEach((account) -> storeAccount(briefing, account));
		LoginAccounts told = outcome.others().told();
		if (told != null && told.whole()) {
			this.loginAccounts.replace(briefing.node().id(), told.names());
			forgetOthers(briefing, outcome, told.names());
		}
		storeAccountNames(briefing.node(), outcome.others());
		this.placedLines.store(briefing, outcome);
		this.deliveries.store(briefing, outcome);
		this.sessions.store(briefing, outcome);
		this.unwantedKeys.settle(briefing.node(), outcome.accounts());
		this.states.update(next(locked.get(), briefing, outcome));
		this.runs.add(new Run(0, briefing.node().id(), outcome.startedAt().truncatedTo(ChronoUnit.MICROS),
				Duration.between(outcome.startedAt(), outcome.endedAt()), briefing.row().trigger(),
				outcome.runOutcome(), outcome.added(), outcome.removed(), runDetail(outcome), outcome.times(),
				(outcome.failure() != null) ? outcome.failure().handshakeLog() : null));
		if (outcome.managementKey() != null) {
			this.rotations.note(briefing.node().id(), outcome.managementKey());
		}
	}

	/** The account by which the node was asked is among them, or they are not all. */
	private void storeAccountNames(Node node, OtherAccounts others) {
		AllAccounts all = others.all();
		if (all != null && all.whole() && all.names().contains(node.managementAccount())) {
			this.accountNames.replace(node.id(), all.names());
		}
		else if (all != null || node.privilege() == Privilege.SELF) {
			this.accountNames.forget(node.id());
		}
	}

	private @Nullable String runDetail(NodeOutcome outcome) {
		String told = Stream.of(outcome.explanation(), this.sessions.tell(outcome))
			.filter((text) -> text != null && !text.isEmpty())
			.collect(Collectors.joining(" "));
		return told.isEmpty() ? null : told;
	}

	/** Notes that a node that is not enrolled yet has nothing to be done. */
	@Transactional
	public void storeUntouched(Briefing briefing) {
		this.states.lock(briefing.node().id())
			.ifPresent((row) -> this.states.update(new NodeStateRow(row.node(), NodeState.PENDING_ENROLMENT, null,
					row.since(), row.wanted(), briefing.row().wanted(), row.trigger(), 0, row.lastCheckedAt(),
					row.lastInSyncAt(), row.nextCheckAt(), row.sshd(), List.of(), null, row.unseen(), null)));
	}

	/** What sshd said that it reads, and which file of its own was proved. */
	private void storeFiles(NodeId node, NodeOutcome outcome) {
		Survey survey = outcome.survey();
		if (survey != null) {
			survey.asked()
				.forEach((account, patterns) -> this.files.notePatterns(node, account, patterns,
						survey.filesOf(account).rules(), survey.filesOf(account).obstacle()));
		}
		for (AccountOutcome account : outcome.accounts()) {
			if (account.confirmedFile() != null) {
				this.files.noteConfirmed(node, account.account(), account.confirmedFile());
			}
			if (account.exclusive()) {
				this.files.noteExclusive(node, account.account());
			}
		}
	}

	/**
	 * Of the accounts that Latchkey has nothing to do with, and that the node does not
	 * name any more, some are remembered: it may name others each time.
	 */
	private void forgetOthers(Briefing briefing, NodeOutcome outcome, List<String> told) {
		NodeId node = briefing.node().id();
		Set<String> others = new TreeSet<>(this.files.accounts(node));
		others.addAll(this.accounts.accounts(node));
		others.removeAll(told);
		others.removeAll(briefing.accounts(briefing.records().at(outcome.startedAt(), Dialect.CURRENT)));
		List<String> beyond = others.stream().skip(OtherAccounts.MOST).toList();
		this.files.forget(node, beyond);
		this.accounts.forget(node, beyond);
	}

	/** Most accounts that could log in have no keys. */
	private static boolean isWorthKeeping(AccountOutcome account, Briefing briefing, NodeOutcome outcome) {
		return !outcome.others().lookedAt().contains(account.account())
				|| briefing.remembered().containsKey(account.account()) || !account.state().entries().isEmpty();
	}

	private void storeAccount(Briefing briefing, AccountOutcome account) {
		boolean kept = account.content() == null && this.accounts.noteState(briefing.node().id(), account.account(),
				account.state().state(), account.state().detail());
		if (!kept) {
			this.accounts.replace(briefing.node().id(), account.state(), account.contentHash(), account.desiredHash());
		}
	}

	private static NodeStateRow next(NodeStateRow before, Briefing briefing, NodeOutcome outcome) {
		NodeState state = outcome.state();
		Instant now = outcome.endedAt().truncatedTo(ChronoUnit.MICROS);
		return new NodeStateRow(before.node(), state, outcome.explanation(),
				(state == before.state()) ? before.since() : now, before.wanted(), briefing.row().wanted(),
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
