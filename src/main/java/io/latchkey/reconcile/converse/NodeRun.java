package io.latchkey.reconcile.converse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.conversation.FileQuery;
import io.latchkey.conversation.LoginAccounts;
import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.NodeFacts;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.Dialect;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.nodestate.SshdMemory;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.reconcile.plan.RoomForRemoved;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.removal.Removals;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.PartsAtWork;
import io.latchkey.runs.Visit;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

/**
 * One run over one node: one login, one conversation. Holds no transaction while it talks
 * to the node.
 */
public class NodeRun {

	private final RunInput input;

	private final NodeConnector connector;

	private final RunContext.Tools tools;

	private final Clock clock;

	private final Instant startedAt;

	private final Stopwatch stopwatch;

	private final List<AccountOutcome> outcomes = new ArrayList<>();

	private final PartsAtWork parts;

	private OtherAccounts others = OtherAccounts.NOT_ASKED;

	private @Nullable Survey survey;

	private DesiredState desired;

	private final KeyMove move;

	private boolean mayBeShutOut;

	/**
	 * @param due since when it had been due
	 * @param goesOn is run whenever the node has answered
	 */
	public NodeRun(RunInput input, Instant due, Runnable goesOn, NodeConnector connector, RunContext.Tools tools,
			Clock clock) {
		this.input = input;
		this.connector = connector;
		this.tools = tools;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.stopwatch = new Stopwatch(Duration.between(due, this.startedAt), goesOn);
		this.desired = input.records().at(this.startedAt, input.row().sshd().dialect());
		this.move = KeyMove.begin(input);
		this.parts = tools.parts().begin(input.parts());
	}

	public RunOutcome run() {
		Node node = this.input.node();
		Login login = new Login(node.managementAccount(), node.privilege(), Secret.ManagementKey.of(node));
		try {
			return run(Endpoint.of(node), login);
		}
		catch (NodeException ex) {
			this.stopwatch.loggedIn(ex.loginTimes());
			return outcome(RunOutcome.Failure.of(stateAfter(ex), ex, this.tools.findings()));
		}
	}

	private RunOutcome run(Endpoint endpoint, Login login) {
		try {
			RunOutcome outcome = visit(endpoint, login);
			if (this.mayBeShutOut) {
				this.connector.connectAfresh(endpoint, login).close();
			}
			return outcome;
		}
		catch (NodeException.NotLetIn ex) {
			this.stopwatch.loggedIn(ex.loginTimes());
			return this.input.mayHaveLeft() ? left()
					: outcome(RunOutcome.Failure.of(NodeState.REFUSED, ex, this.tools.findings()));
		}
	}

	private RunOutcome visit(Endpoint endpoint, Login login) {
		try (NodeConversation conversation = connect(endpoint, login)) {
			this.stopwatch.loggedIn(conversation.loginTimes());
			converse(conversation, endpoint, login);
			if (this.input.leaving() != null) {
				return leave(conversation, endpoint, login);
			}
			this.mayBeShutOut = conversation.loginTimes().kept() && isOwnLineMissing();
			return outcome(null);
		}
	}

	/** A session that was kept goes on after the line that let it in was deleted. */
	private boolean isOwnLineMissing() {
		AccountOutcome.Content content = managementContent();
		return content != null && Collections.disjoint(content.keys(), this.input.management().fingerprints());
	}

	/**
	 * A check proves that the node lets Latchkey in; a change may use what was kept. What
	 * stands on trial must not be built upon before a login has proved it: the node would
	 * then put the trial back instead of what was there before.
	 */
	private NodeConversation connect(Endpoint endpoint, Login login) {
		if (this.move.isUnderWay()) {
			return connectMoving(endpoint, login);
		}
		if (this.input.isInDoubtAt(this.startedAt) || this.input.mayHaveLeft()) {
			return this.connector.connectAfresh(endpoint, login);
		}
		return switch (this.input.row().trigger()) {
			case CHANGE, WINDOW -> this.connector.connect(endpoint, login);
			case DRIFT_CHECK, RETRY, MANUAL -> this.connector.connectAfresh(endpoint, login);
		};
	}

	/**
	 * By the newest key, and where that is refused, by the one before.
	 */
	private NodeConversation connectMoving(Endpoint endpoint, Login login) {
		try {
			NodeConversation conversation = this.connector.connectAfresh(endpoint, this.move.byNewest(login));
			this.move.noteLetIn();
			return conversation;
		}
		catch (NodeException.NotLetIn | NodeException.TriedTooOften ex) {
			return this.connector.connectAfresh(endpoint, this.move.byOlder(login));
		}
		catch (NodeException.AgentUnavailable ex) {
			NodeConversation conversation = this.connector.connectAfresh(endpoint, this.move.byOlder(login));
			this.move.putOff();
			return conversation;
		}
	}

	private void converse(NodeConversation conversation, Endpoint endpoint, Login login) {
		DesiredState mostThatCanBe = this.input.records().at(this.startedAt, Dialect.CURRENT);
		Set<String> all = this.input.accounts(mostThatCanBe);
		Set<String> own = askable(all);
		Set<String> others = this.input.otherAccounts(all);
		Survey survey = this.stopwatch.during(Stopwatch.Part.OBSERVE, () -> survey(conversation, own, others));
		this.survey = survey;
		Instant now = this.clock.instant();
		Dialect dialect = this.input.row().sshd().after(survey.facts(), null, survey.strictModes()).dialect();
		this.desired = this.input.records().at(now, dialect);
		RunContext context = new RunContext(conversation, this.input, endpoint, login, survey.strictModes(),
				dialect.mostLines(), now, this.stopwatch, this.move, new RoomForRemoved(this.input.removed(), own),
				this.tools);
		Separately separately = new Separately(context);
		this.stopwatch.during(Stopwatch.Part.APPLY,
				() -> survey.accounts()
					.stream()
					.sorted(Comparator.comparing((AccountFiles files) -> !own.contains(files.account()))
						.thenComparing((files) -> hadFailed(files.account()))
						.thenComparing((files) -> !hasRemovals(files.account())))
					.forEach((files) -> this.outcomes.add(own.contains(files.account())
							? separately.account(files, linesOf(files)) : other(separately, files))));
		this.stopwatch.during(Stopwatch.Part.APPLY, () -> this.parts.act(visitBy(conversation)));
	}

	private Visit visitBy(NodeConversation conversation) {
		return new Visit(this.input.node(), conversation, this.input.records(), this.desired,
				this.input.management().all(), this.input.placed(), List.copyOf(this.outcomes));
	}

	private List<DesiredLine> linesOf(AccountFiles files) {
		return this.desired.linesOf(files.account());
	}

	/** Where nobody has a grant nothing goes that was not shown and confirmed. */
	private AccountOutcome other(Separately separately, AccountFiles files) {
		try {
			return separately.account(files, linesOf(files)).asRemark().exclusive(false);
		}
		catch (NodeException.TimedOut ex) {
			this.others = new OtherAccounts(this.others.lookedAt(), this.others.told(), this.others.all(),
					UnseenAccounts.SLOW);
			throw ex;
		}
	}

	/**
	 * Those that Latchkey has nothing to do with never keep the others from being served.
	 */
	private Survey survey(NodeConversation conversation, Set<String> own, Set<String> others) {
		Set<String> all = new TreeSet<>(own);
		others.stream().filter(FileQuery::isAccount).forEach(all::add);
		try {
			Survey survey = Survey.of(conversation, this.input, all,
					isAnythingToGo(own) ? conversation::observe : conversation::survey);
			Set<String> lookedAt = survey.accounts()
				.stream()
				.map(AccountFiles::account)
				.filter((account) -> !own.contains(account))
				.collect(Collectors.toSet());
			this.others = new OtherAccounts(lookedAt, survey.logins(), survey.all(), unseen(survey.logins()));
			return survey;
		}
		catch (NodeException.TimedOut ex) {
			this.others = new OtherAccounts(Set.of(), null, null, others.isEmpty() ? null : UnseenAccounts.SLOW);
			throw ex;
		}
	}

	private @Nullable UnseenAccounts unseen(@Nullable LoginAccounts told) {
		if (this.input.node().privilege() == Privilege.SELF) {
			return UnseenAccounts.OWN_ALONE;
		}
		if (told == null) {
			return null;
		}
		return told.whole() ? UnseenAccounts.more(told.left()) : UnseenAccounts.SLOW;
	}

	/** What no node can be asked for keeps nobody from what it can be asked for. */
	private Set<String> askable(Set<String> accounts) {
		accounts.stream()
			.filter((account) -> !FileQuery.isAccount(account))
			.forEach((account) -> this.outcomes
				.add(AccountOutcome.failed(account, "", this.tools.findings().text("account.name", account))
					.onNode(NodeState.IN_SYNC)));
		return accounts.stream().filter(FileQuery::isAccount).collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Who holds up the node, which has its time for all accounts together, does not do so
	 * again before the others.
	 */
	private boolean hadFailed(String account) {
		RememberedAccount before = this.input.remembered().get(account);
		return before != null && before.state() == NodeState.FAILED;
	}

	/** What is said to be gone is known from what was read, and not from a glance. */
	private boolean isAnythingToGo(Set<String> own) {
		return this.input.leaving() != null || !this.input.decided().unwanted().isEmpty()
				|| this.tools.parts().askWhatIsGone(this.input.parts()) || own.stream().anyMatch(this::hasRemovals);
	}

	/** Removals go before additions. */
	private boolean hasRemovals(String account) {
		List<String> texts = this.desired.linesOf(account).stream().map((line) -> line.text()).toList();
		return this.input.knownLines(account).placed().stream().anyMatch((line) -> !texts.contains(line.line()));
	}

	private RunOutcome outcome(RunOutcome.@Nullable Failure failure) {
		return new RunOutcome(this.startedAt, this.clock.instant(), this.survey, this.desired,
				List.copyOf(this.outcomes), this.parts.outcomes(), warnings(), failure, this.stopwatch.times(), false,
				this.move.standing(managementContent()), this.others);
	}

	private RunOutcome leave(NodeConversation conversation, Endpoint endpoint, Login login) {
		if (this.survey == null || !LastLines.areDue(this.outcomes) || !this.parts.outcomes().problems().isEmpty()) {
			return outcome(null);
		}
		String obstacle = new LastLines(conversation, this.input, this.tools).takeOff(this.survey);
		if (obstacle != null) {
			return outcome(new RunOutcome.Failure(NodeState.FAILED, obstacle));
		}
		try (NodeConversation fresh = this.connector.connectAfresh(endpoint, login)) {
			return outcome(new RunOutcome.Failure(NodeState.FAILED,
					this.tools.findings().text("leaving.still-let-in", login.account(), fresh.sshVersion())));
		}
		catch (NodeException.NotLetIn ex) {
			return left();
		}
	}

	private RunOutcome left() {
		return new RunOutcome(this.startedAt, this.clock.instant(), this.survey, this.desired,
				List.copyOf(this.outcomes), this.parts.outcomes(), List.of(), null, this.stopwatch.times(), true, null,
				this.others);
	}

	/** What the management account lets in at the end, or null when that is not known. */
	private AccountOutcome.@Nullable Content managementContent() {
		return this.outcomes.stream()
			.filter((outcome) -> outcome.account().equals(this.input.node().managementAccount()))
			.filter((outcome) -> !outcome.isFailed())
			.map(AccountOutcome::content)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private List<String> warnings() {
		if (this.survey == null) {
			return List.of();
		}
		List<String> warnings = new ArrayList<>();
		NodeFacts facts = this.survey.facts();
		if (facts.clockOffset().abs().compareTo(SshdMemory.TOLERANCE) > 0) {
			warnings.add(this.tools.findings()
				.text(facts.clockOffset().isNegative() ? "clock.behind" : "clock.ahead",
						facts.clockOffset().abs().toSeconds()));
		}
		if (this.desired.expiryDepends()) {
			warnings.add(this.tools.findings().text("expiry.depends", facts.sshVersion()));
		}
		if (this.input.node().legacyAlgorithms()) {
			warnings.add(this.tools.findings().text("legacy-algorithms"));
		}
		this.outcomes.forEach((account) -> warnings.addAll(account.warnings()));
		warnings.addAll(this.parts.outcomes().warnings());
		UnseenAccounts unseen = Objects.requireNonNullElse(this.others.unseen(), this.input.row().unseen());
		if (!unseen.isNone()) {
			warnings.add(this.tools.findings().of(unseen, this.input.node().managementAccount()));
		}
		return warnings.stream().distinct().toList();
	}

	private static NodeState stateAfter(NodeException failure) {
		return switch (failure.kind()) {
			case HOST_KEY_CHANGED, NOT_LET_IN, MORE_ASKED, TURNED_AWAY_BY_PENALTY, TURNED_AWAY_BY_STARTUPS,
					TRIED_TOO_OFTEN, NEVER_DIALLED, CLOSED_AT_LOGIN ->
				NodeState.REFUSED;
			case NO_ROUTE, REFUSED, TIMED_OUT, TIMED_OUT_LET_IN, DISCONNECTED, CLOSED_BEFORE_A_WORD,
					AGENT_UNAVAILABLE ->
				NodeState.UNREACHABLE;
			default -> NodeState.FAILED;
		};
	}

}
