package io.latchkey.logins;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.conversation.sessions.OpenSession;
import io.latchkey.conversation.sessions.OpenSessionsAnswer;
import io.latchkey.conversation.sessions.SessionEnd;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.AccountName;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who is in now: the sessions that a node serves, whose they are, and their end. A node
 * is asked each time; nothing of it is kept but the record of what was ended.
 */
@Service
public class OpenSessions {

	private final Nodes nodes;

	private final NodeConnector connector;

	private final LoginOriginReader origins;

	private final Findings findings;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	OpenSessions(Nodes nodes, NodeConnector connector, LoginOriginReader origins, Findings findings,
			TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.nodes = nodes;
		this.connector = connector;
		this.origins = origins;
		this.findings = findings;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Those of a node, without Latchkey's own, the newest first. That the node cannot be
	 * asked is an answer.
	 * @throws InvalidInputException when the node is not enrolled
	 */
	public SessionsNow on(String nodeName) {
		return on(enrolled(nodeName));
	}

	SessionsNow on(Node node) {
		return talk(node, (conversation) -> {
			OpenSessionsAnswer answer = conversation.openSessions();
			return new SessionsNow(node.name(), this.clock.instant(), whose(node, conversation, answer),
					answer.others(), answer.obstacle());
		}, (why) -> new SessionsNow(node.name(), this.clock.instant(), List.of(), 0, why));
	}

	/**
	 * Ends one, where it is still that one and not Latchkey's own.
	 * @throws InvalidInputException when the node is not enrolled or only observed, or
	 * the account's name is none
	 */
	public EndOfSession end(String nodeName, String account, long process, long start) {
		Node node = enrolled(nodeName);
		AccountName.fault("account", account).ifPresent((fault) -> {
			throw new InvalidInputException(fault);
		});
		if (node.management().mode() == Mode.OBSERVE) {
			throw new InvalidInputException(Fault.of("node", "sessions.observe", nodeName));
		}
		note(new SessionEndAsked(node.name(), account, process));
		EndOfSession end = talk(node, (conversation) -> told(conversation.endSession(account, process, start)),
				(why) -> new EndOfSession(EndOfSession.Outcome.STAYS, why));
		note(new SessionEnded(node.name(), account, process, end));
		return end;
	}

	private static EndOfSession told(SessionEnd end) {
		return new EndOfSession(switch (end.outcome()) {
			case ENDED -> EndOfSession.Outcome.ENDED;
			case GONE -> EndOfSession.Outcome.GONE;
			case STAYS -> EndOfSession.Outcome.STAYS;
		}, end.why());
	}

	private void note(Object event) {
		this.transactions.executeWithoutResult((status) -> this.events.publishEvent(event));
	}

	private Node enrolled(String name) {
		NoTransaction.require();
		Node node = this.nodes.get(name);
		if (!canBeAsked(node)) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", name));
		}
		return node;
	}

	static boolean canBeAsked(Node node) {
		return node.enrolled() && !node.hostKeys().isEmpty();
	}

	private <T> T talk(Node node, Function<NodeConversation, T> talk, Function<String, T> failed) {
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		try (NodeConversation conversation = this.connector.connect(Endpoint.of(node), login)) {
			return talk.apply(conversation);
		}
		catch (NodeException ex) {
			return failed.apply(this.findings.of(ex));
		}
	}

	private List<SessionsNow.Session> whose(Node node, NodeConversation conversation, OpenSessionsAnswer answer) {
		Set<Fingerprint> keys = answer.sessions()
			.stream()
			.flatMap((session) -> Stream.ofNullable(session.key()))
			.collect(Collectors.toSet());
		Optional<NodeFacts> facts = conversation.facts();
		Instant now = this.clock.instant();
		Instant first = answer.sessions().stream().map(OpenSession::since).min(Comparator.naturalOrder()).orElse(now);
		LoginOrigins known = this.origins.read(Set.of(node.id()), keys, first);
		return answer.sessions().stream().map((session) -> {
			Instant since = facts.map((fact) -> session.since().minus(fact.clockOffset())).orElse(session.since());
			return new SessionsNow.Session(session.account(), session.process(), session.start(),
					since.isAfter(now) ? now : since, session.address(), opened(node, session, since, known));
		}).sorted(Comparator.comparing(SessionsNow.Session::since).reversed()).toList();
	}

	private static SessionsNow.@Nullable Opening opened(Node node, OpenSession session, Instant since,
			LoginOrigins known) {
		String method = session.method();
		if (method == null) {
			return null;
		}
		LoginOrigins.Origin origin = known.of(node.id(), session.account(), session.key(), since);
		return new SessionsNow.Opening(method, session.key(), origin.standing(), origin.identity(), origin.grant(),
				session.proved());
	}

}
