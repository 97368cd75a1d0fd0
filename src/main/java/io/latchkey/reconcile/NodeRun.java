package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.Dialect;
import io.latchkey.inventory.Node;
import io.latchkey.transport.AccountQuery;
import io.latchkey.transport.Endpoint;
import io.latchkey.transport.Login;
import io.latchkey.transport.NodeConnector;
import io.latchkey.transport.NodeConversation;
import io.latchkey.transport.NodeException;
import io.latchkey.transport.NodeFacts;
import io.latchkey.transport.Observation;
import io.latchkey.transport.ObservedAccount;
import io.latchkey.transport.Secret;
import org.jspecify.annotations.Nullable;

/**
 * One run over one node: one login, one conversation. Holds no transaction while it talks
 * to the node.
 */
class NodeRun {

	private final Briefing briefing;

	private final NodeConnector connector;

	private final Intentions intentions;

	private final Findings findings;

	private final Clock clock;

	private final Instant startedAt;

	private final List<AccountOutcome> outcomes = new ArrayList<>();

	private @Nullable NodeFacts facts;

	private DesiredState desired;

	NodeRun(Briefing briefing, NodeConnector connector, Intentions intentions, Findings findings, Clock clock) {
		this.briefing = briefing;
		this.connector = connector;
		this.intentions = intentions;
		this.findings = findings;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.desired = briefing.records().at(this.startedAt, Dialect.of(briefing.row().sshVersion(), ZoneOffset.UTC));
	}

	NodeOutcome run() {
		Node node = this.briefing.node();
		Login login = new Login(node.managementAccount(), node.privilege(), new Secret.ManagementKey());
		Endpoint endpoint = new Endpoint(node.address(), node.port(), node.hostKeys());
		try (NodeConversation conversation = this.connector.connect(endpoint, login)) {
			converse(conversation);
			return outcome(null, null);
		}
		catch (NodeException ex) {
			return outcome(stateAfter(ex), this.findings.of(ex));
		}
	}

	private void converse(NodeConversation conversation) {
		List<AccountQuery> queries = this.briefing.accounts(this.desired).stream().map(AccountQuery::new).toList();
		Observation observation = conversation.observe(queries);
		this.facts = observation.facts();
		this.desired = this.briefing.records()
			.at(this.clock.instant(), Dialect.of(observation.facts().sshVersion(), observation.facts().zone()));
		observation.accounts()
			.stream()
			.sorted(Comparator.comparing((ObservedAccount account) -> !hasRemovals(account.account())))
			.forEach((account) -> this.outcomes.add(reconcile(conversation, account)));
	}

	private AccountOutcome reconcile(NodeConversation conversation, ObservedAccount account) {
		return new AccountReconciliation(conversation, this.briefing.node(), account,
				this.desired.linesOf(account.account()), this.briefing.knownLines(account.account()), this.intentions,
				this.findings)
			.run(this.briefing.remembered().get(account.account()));
	}

	/** Removals go before additions. */
	private boolean hasRemovals(String account) {
		List<String> texts = this.desired.linesOf(account).stream().map((line) -> line.text()).toList();
		return this.briefing.knownLines(account).placed().stream().anyMatch((line) -> !texts.contains(line.line()));
	}

	private NodeOutcome outcome(@Nullable NodeState failure, @Nullable String detail) {
		return new NodeOutcome(this.startedAt, this.clock.instant(), this.facts, this.desired,
				List.copyOf(this.outcomes), failure, detail);
	}

	private static NodeState stateAfter(NodeException failure) {
		if (failure instanceof NodeException.HostKeyChanged || failure instanceof NodeException.NotLetIn) {
			return NodeState.REFUSED;
		}
		boolean unreachable = failure instanceof NodeException.NoRoute || failure instanceof NodeException.Refused
				|| failure instanceof NodeException.TimedOut || failure instanceof NodeException.Disconnected;
		return unreachable ? NodeState.UNREACHABLE : NodeState.FAILED;
	}

}
