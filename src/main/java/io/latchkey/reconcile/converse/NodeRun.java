package io.latchkey.reconcile.converse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.Dialect;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.Run;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.plan.RoomForRemoved;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.KeyMove;
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

	private final AccountsLook look;

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
		this.move = (input.isToBeCleared() || input.node().management().mode() == Mode.OBSERVE) ? KeyMove.NONE
				: input.own().beginMove();
		this.parts = tools.parts().begin(input.parts());
		this.look = new AccountsLook(input, tools.parts());
	}

	public RunOutcome run() {
		Node node = this.input.node();
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		try {
			return run(Endpoint.of(node), login);
		}
		catch (NodeException ex) {
			this.stopwatch.loggedIn(ex.loginTimes());
			return outcome(RunOutcome.Failure.of(ex, this.tools.findings()));
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
			return this.input.mayBeClear() ? cleared()
					: outcome(RunOutcome.Failure.of(NodeState.REFUSED, ex, this.tools.findings()));
		}
	}

	private RunOutcome visit(Endpoint endpoint, Login login) {
		try (NodeConversation conversation = new RunLogin(this.connector, this.input, this.move, this.startedAt)
			.connect(endpoint, login)) {
			this.stopwatch.loggedIn(conversation.loginTimes());
			converse(conversation, endpoint, login);
			if (this.input.isToBeCleared()) {
				return clear(conversation, endpoint, login);
			}
			this.mayBeShutOut = conversation.loginTimes().kept() && isOwnLineMissing();
			return outcome(null);
		}
	}

	/** A session that was kept goes on after the line that let it in was deleted. */
	private boolean isOwnLineMissing() {
		Set<Fingerprint> letIn = keysLetIn();
		return letIn != null && Collections.disjoint(letIn, this.input.own().fingerprints());
	}

	private void converse(NodeConversation conversation, Endpoint endpoint, Login login) {
		DesiredState mostThatCanBe = this.input.records().at(this.startedAt, Dialect.CURRENT);
		Set<String> all = this.input.accounts(mostThatCanBe);
		Set<String> own = askable(all);
		Set<String> others = this.input.otherAccounts(all);
		Survey survey = this.stopwatch.during(Stopwatch.Part.OBSERVE,
				() -> this.look.survey(conversation, this.desired, own, others));
		this.survey = survey;
		Instant now = this.clock.instant();
		Dialect dialect = this.input.row().sshd().after(survey.facts(), null, survey.strictModes()).dialect();
		this.desired = this.input.records().at(now, dialect);
		RunContext context = new RunContext(conversation, this.input, new RunContext.Entrance(endpoint, login),
				new RunContext.Reading(survey.strictModes(), dialect.mostLines()), now, this.stopwatch, this.move,
				new RoomForRemoved(this.input.foreignLines().stored(), own), this.tools);
		Separately separately = new Separately(context);
		this.stopwatch.during(Stopwatch.Part.APPLY,
				() -> survey.accounts()
					.stream()
					.sorted(this.look.order(this.desired, own))
					.forEach((files) -> this.outcomes.add(own.contains(files.account())
							? separately.account(files, linesOf(files)) : other(separately, files))));
		this.stopwatch.during(Stopwatch.Part.APPLY, () -> this.parts.act(visitBy(conversation), conversation::isOver));
	}

	private Visit visitBy(NodeConversation conversation) {
		return new Visit(this.input.node(), conversation, this.input.records(), this.desired, this.input.own(),
				this.input.memory().placed(), List.copyOf(this.outcomes));
	}

	private List<DesiredLine> linesOf(AccountFiles files) {
		return this.desired.linesOf(files.account());
	}

	/**
	 * An account that nobody has a grant for: nothing is taken off that was not shown and
	 * confirmed before.
	 */
	private AccountOutcome other(Separately separately, AccountFiles files) {
		try {
			return separately.account(files, linesOf(files)).asRemark().exclusive(false);
		}
		catch (NodeException.TimedOut ex) {
			this.look.noteSlow();
			throw ex;
		}
	}

	/**
	 * A name that no node can be asked about is said to be none, and costs the others
	 * nothing.
	 */
	private Set<String> askable(Set<String> accounts) {
		accounts.stream()
			.filter((account) -> !FileQuery.isAccount(account))
			.forEach((account) -> this.outcomes
				.add(AccountOutcome.failed(account, "", this.tools.findings().text("account.name", account))
					.onNode(NodeState.IN_SYNC)));
		return accounts.stream().filter(FileQuery::isAccount).collect(Collectors.toCollection(TreeSet::new));
	}

	private Run.Timing timing() {
		return Run.Timing.between(this.startedAt, this.clock.instant(), this.stopwatch.times());
	}

	private RunOutcome outcome(RunOutcome.@Nullable Failure failure) {
		return new RunOutcome(timing(), this.survey, this.desired, List.copyOf(this.outcomes), this.parts.outcomes(),
				remarks(), failure, new RunOutcome.Hold(false, this.move.standing(keysLetIn())), this.look.others());
	}

	private RunOutcome clear(NodeConversation conversation, Endpoint endpoint, Login login) {
		if (conversation.isOver() || this.survey == null || !isAllElseGone()) {
			return outcome(null);
		}
		String obstacle = this.tools.clearing()
			.takeLastStep(visitBy(conversation), this.survey.pathsOf(login.account()),
					() -> this.connector.connectAfresh(endpoint, login));
		return (obstacle != null) ? outcome(new RunOutcome.Failure(NodeState.FAILED, obstacle)) : cleared();
	}

	private boolean isAllElseGone() {
		return !this.outcomes.isEmpty()
				&& this.outcomes.stream().allMatch((account) -> account.state().state() == NodeState.IN_SYNC)
				&& this.parts.outcomes().problems().isEmpty();
	}

	private RunOutcome cleared() {
		return new RunOutcome(timing(), this.survey, this.desired, List.copyOf(this.outcomes), this.parts.outcomes(),
				List.of(), null, new RunOutcome.Hold(true, null), this.look.others());
	}

	/** Those of the management account at the end, or null when that is not known. */
	private @Nullable Set<Fingerprint> keysLetIn() {
		return this.outcomes.stream()
			.filter((outcome) -> outcome.account().equals(this.input.node().management().account()))
			.filter((outcome) -> !outcome.isFailed())
			.map(AccountOutcome::content)
			.filter(Objects::nonNull)
			.findFirst()
			.map(AccountOutcome.Content::keys)
			.orElse(null);
	}

	private List<String> remarks() {
		return (this.survey == null) ? List.of() : new RunRemarks(this.input, this.tools.findings())
			.of(this.survey.facts(), this.desired, this.outcomes, this.parts.outcomes(), this.look.others().unseen());
	}

}
