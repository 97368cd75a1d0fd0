package io.latchkey.passwords;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.KeyUses;
import io.latchkey.logins.LogReading;
import io.latchkey.logins.Logins;
import io.latchkey.logins.PasswordUse;
import io.latchkey.logins.PasswordUses;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeStates;

import org.springframework.stereotype.Component;

/** Reads what is known of nodes before they are asked. */
@Component
class FactsReader {

	/** So long ago counts who came by password. */
	static final Duration BACK = Duration.ofDays(90);

	private final NodeStates states;

	private final PasswordUses passwords;

	private final KeyUses keys;

	private final Logins logins;

	private final Clock clock;

	FactsReader(NodeStates states, PasswordUses passwords, KeyUses keys, Logins logins, Clock clock) {
		this.states = states;
		this.passwords = passwords;
		this.keys = keys;
		this.logins = logins;
		this.clock = clock;
	}

	NodeFacts of(Node node) {
		return Objects.requireNonNull(of(List.of(node)).get(node.id()));
	}

	Map<NodeId, NodeFacts> of(Collection<Node> nodes) {
		List<String> names = nodes.stream().map(Node::name).toList();
		List<NodeId> ids = nodes.stream().map(Node::id).toList();
		Map<String, List<PasswordUse>> passwords = this.passwords.on(names, this.clock.instant().minus(BACK));
		Map<String, List<KeyUse>> keys = this.keys.on(names);
		Map<NodeId, List<AccountState>> accounts = this.states.accounts(ids);
		Map<NodeId, LogReading> readings = this.logins.readings(ids);
		return nodes.stream()
			.collect(Collectors.toMap(Node::id,
					(node) -> new NodeFacts(accounts.getOrDefault(node.id(), List.of()),
							passwords.getOrDefault(node.name(), List.of()), keys.getOrDefault(node.name(), List.of()),
							readings.get(node.id()))));
	}

}
