package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.sshd.DebugSshd;
import io.latchkey.core.ConnectionShare;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import jakarta.annotation.PreDestroy;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tries of a login at a second sshd that says all that it does. What it says is kept in
 * memory, for a while and here alone.
 */
@Service
public class DebugTries {

	/** How long one may last. */
	public static final Duration LENGTH = Duration.ofSeconds(60);

	/** Under way at the same time. */
	private static final int MOST = 4;

	private static final Duration KEPT = Duration.ofMinutes(15);

	private final Map<String, RunningTry> tries = new ConcurrentHashMap<>();

	private final Semaphore places = new Semaphore(MOST);

	private final ExecutorService threads = Executors.newFixedThreadPool(MOST,
			ConnectionShare.CALLERS.threads("debug-sshd"));

	private final Nodes nodes;

	private final NodeConnector connector;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	DebugTries(Nodes nodes, NodeConnector connector, ApplicationEventPublisher events, TransactionTemplate transaction,
			Clock clock) {
		this.nodes = nodes;
		this.connector = connector;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Starts one, and goes on in a thread of its own. Must not be called in a
	 * transaction.
	 * @throws InvalidInputException when the node is not enrolled or lets Latchkey act as
	 * one account alone, too many are under way, or the node cannot start it
	 * @throws NodeException when the node does not let Latchkey in
	 */
	public DebugTry start(String nodeName) {
		NoTransaction.require();
		Node node = this.nodes.get(nodeName);
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		if (node.management().privilege() == Privilege.SELF) {
			throw new InvalidInputException(Fault.of("node", "debug-sshd.self", nodeName));
		}
		this.tries.values().removeIf((each) -> each.told().endsAt().plus(KEPT).isBefore(this.clock.instant()));
		if (!this.places.tryAcquire()) {
			throw new InvalidInputException(Fault.of("node", "debug-sshd.many", MOST));
		}
		boolean begun = false;
		try {
			RunningTry running = begin(node);
			begun = true;
			this.tries.put(node.name(), running);
			return running.told();
		}
		finally {
			if (!begun) {
				this.places.release();
			}
		}
	}

	private RunningTry begin(Node node) {
		Login login = new Login(node.management().account(), node.management().privilege(),
				Secret.ManagementKey.of(node));
		NodeConversation conversation = this.connector.connectAfresh(Endpoint.of(node), login);
		boolean handed = false;
		try {
			DebugSshd.Started started = conversation.ask(new DebugSshd.Start((int) LENGTH.toSeconds()));
			if (started.failure() != null) {
				throw new InvalidInputException(
						Fault.of("node", code(started.failure()), node.name(), started.detail()));
			}
			this.transaction.executeWithoutResult((status) -> this.events
				.publishEvent(new DebugSshdStarted(node.name(), started.port(), (int) LENGTH.toSeconds())));
			RunningTry running = new RunningTry(conversation, node, started.port(), LENGTH, this.clock);
			this.threads.execute(() -> follow(running));
			handed = true;
			return running;
		}
		finally {
			if (!handed) {
				conversation.close(); // by which the node ends it
			}
		}
	}

	private void follow(RunningTry running) {
		try {
			running.run();
		}
		finally {
			this.places.release();
		}
	}

	private static String code(String failure) {
		return switch (failure) {
			case "no-sshd" -> "debug-sshd.no-sshd";
			case "broken" -> "debug-sshd.broken";
			case "busy" -> "debug-sshd.busy";
			case "ports" -> "debug-sshd.ports";
			default -> "debug-sshd.failed";
		};
	}

	/** The last one on the node, if it is not long ago. */
	public Optional<DebugTry> of(String nodeName) {
		return Optional.ofNullable(this.tries.get(nodeName)).map(RunningTry::told);
	}

	/** Ends the one on the node, if there is one. */
	public void stop(String nodeName) {
		RunningTry running = this.tries.get(nodeName);
		if (running != null) {
			running.stop();
		}
	}

	@PreDestroy
	void end() {
		this.tries.values().forEach(RunningTry::stop);
		this.threads.shutdown();
	}

}
