package io.latchkey.logins;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NoTransaction;
import io.latchkey.foreignkeys.Tolerations;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;

/**
 * Who came in to the nodes, as their logs tell.
 */
@Service
public class Logins {

	/** Of which the list tells how many there are; of more it says that many. */
	public static final int MOST_COUNTED = LoginRepository.MOST_COUNTED;

	private static final int MOST_UNGRANTED = 200;

	private final LoginRepository logins;

	private final KeyUseRepository uses;

	private final LoginLogRepository logs;

	private final LoginRecorder recorder;

	private final LoginProperties properties;

	private final Nodes nodes;

	private final Tolerations tolerations;

	private final NodeConnector connector;

	private final LogReader reader;

	private final Clock clock;

	Logins(LoginRepository logins, KeyUseRepository uses, LoginLogRepository logs, LoginRecorder recorder,
			LoginProperties properties, Nodes nodes, Tolerations tolerations, NodeConnector connector, LogReader reader,
			Clock clock) {
		this.logins = logins;
		this.uses = uses;
		this.logs = logs;
		this.recorder = recorder;
		this.properties = properties;
		this.nodes = nodes;
		this.tolerations = tolerations;
		this.connector = connector;
		this.reader = reader;
		this.clock = clock;
	}

	/** Newest first. */
	public Page<Login> list(LoginQuery query, Pageable page) {
		return this.logins.list(query, page);
	}

	/** Of each of these keys when it last let in anywhere, where it ever did. */
	public Map<Fingerprint, KeyUse> lastUses(Collection<Fingerprint> keys) {
		return this.uses.ofKeys(keys.stream().map(Fingerprint::value).collect(Collectors.toSet()))
			.stream()
			.collect(Collectors.toMap((use) -> Fingerprint.parse(use.fingerprint()), Function.identity(),
					Logins::later));
	}

	/** Of each of these grants when it last let anybody in, where it ever did. */
	public Map<Long, KeyUse> lastUsesOfGrants(Collection<Long> grants) {
		return this.uses.ofGrants(Set.copyOf(grants))
			.stream()
			.filter((use) -> use.grant() != null)
			.collect(Collectors.toMap((use) -> use.grant(), Function.identity(), Logins::later));
	}

	/** The last uses on a node. */
	public List<KeyUse> usesOn(String node) {
		return this.uses.onNodes(Set.of(node));
	}

	/**
	 * The keys that let somebody in though nobody granted it, since then, newest first.
	 */
	public List<KeyUse> ungranted(Instant since) {
		List<KeyUse> found = this.uses.with(Standing.UNGRANTED, since, MOST_UNGRANTED);
		Set<String> tolerated = this.tolerations
			.current(found.stream().map((use) -> Fingerprint.parse(use.fingerprint())).toList())
			.keySet()
			.stream()
			.map(Fingerprint::value)
			.collect(Collectors.toSet());
		return found.stream().filter((use) -> !tolerated.contains(use.fingerprint())).toList();
	}

	/** How far the log of a node was read; nothing before the first time. */
	public Optional<LogReading> reading(NodeId node) {
		return Optional.ofNullable(this.logs.of(Set.of(node)).get(node))
			.map((log) -> new LogReading(log.readAt(), log.readUntil(), log.failure(), log.gapFrom(), log.gapUntil()));
	}

	/**
	 * Reads what is new in the log of a node, in a conversation of its own.
	 * @throws NodeException when it cannot be talked to
	 * @throws InvalidInputException when it is not enrolled
	 */
	public void read(String nodeName) {
		NoTransaction.require();
		Node node = this.nodes.get(nodeName);
		if (!node.enrolled() || node.hostKeys().isEmpty()) {
			throw new InvalidInputException(Fault.of("node", "node.not-enrolled", nodeName));
		}
		LoginLogRepository.ReadLog before = Objects
			.requireNonNull(begin(List.of(node.id()), this.clock.instant()).get(node.id()));
		io.latchkey.ssh.Login login = new io.latchkey.ssh.Login(node.managementAccount(), node.privilege(),
				Secret.ManagementKey.of(node));
		NodeLog read;
		try (NodeConversation conversation = this.connector.connect(Endpoint.of(node), login)) {
			read = this.reader.read(conversation, node, before);
		}
		if (read != null) {
			this.recorder.record(List.of(read));
		}
	}

	/** How far each of these nodes was read. */
	Map<NodeId, LoginLogRepository.ReadLog> begin(Collection<NodeId> nodes, Instant now) {
		Map<NodeId, LoginLogRepository.ReadLog> known = this.logs.of(nodes);
		return nodes.stream()
			.collect(Collectors.toMap(Function.identity(),
					(node) -> known.getOrDefault(node, LoginLogRepository.ReadLog.nothing(node, now))));
	}

	/** Forgets what has been kept for long enough. */
	void forgetOld() {
		Instant before = this.clock.instant().minus(this.properties.keep());
		boolean more = true;
		while (more) {
			more = this.logins.deleteBefore(before);
		}
		this.uses.deleteBefore(before);
	}

	private static KeyUse later(KeyUse one, KeyUse other) {
		return other.at().isBefore(one.at()) ? one : other;
	}

}
