package io.latchkey.diagnosis;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.Dialect;
import io.latchkey.diagnosis.ClientDiagnosis.Key;
import io.latchkey.diagnosis.ClientDiagnosis.Standing;
import io.latchkey.diagnosis.client.ClientStory;
import io.latchkey.diagnosis.client.OfferedKey;
import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** What Latchkey's records say of a client's try. No node is asked. */
@Component
class ClientRecords {

	private final Nodes nodes;

	private final HostKeyPins pins;

	private final HeldKeys heldKeys;

	private final DesiredStates desiredStates;

	private final NodeStates states;

	private final Clock clock;

	ClientRecords(Nodes nodes, HostKeyPins pins, HeldKeys heldKeys, DesiredStates desiredStates, NodeStates states,
			Clock clock) {
		this.nodes = nodes;
		this.pins = pins;
		this.heldKeys = heldKeys;
		this.desiredStates = desiredStates;
		this.states = states;
		this.clock = clock;
	}

	/**
	 * Which node it was: the one at that address, of that name, or that shows that host
	 * key. Null when there is none, or more than one.
	 */
	@Nullable Node nodeOf(ClientStory story) {
		Node found = null;
		if (story.address() != null) {
			found = single(this.nodes.at(story.address(), story.port()));
		}
		if (found == null && story.host() != null) {
			found = single(this.nodes.at(story.host(), story.port()));
		}
		if (found == null && story.hostKey() != null) {
			found = single(this.pins.showing(story.hostKey()));
		}
		return (found == null && story.host() != null) ? this.nodes.find(story.host()).orElse(null) : found;
	}

	private static @Nullable Node single(List<Node> nodes) {
		return (nodes.size() == 1) ? nodes.get(0) : null;
	}

	List<Key> keysOf(ClientStory story, @Nullable Node node, @Nullable String account) {
		Set<Fingerprint> offered = story.keys()
			.stream()
			.map(OfferedKey::fingerprint)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		if (offered.isEmpty()) {
			return story.keys().stream().map((key) -> Key.of(key, null, Standing.UNTOLD, List.of())).toList();
		}
		Map<Fingerprint, String> owners = this.heldKeys.ownersOf(offered);
		if (node == null || account == null) {
			return story.keys().stream().map((key) -> untold(key, owners)).toList();
		}
		DesiredState desired = this.desiredStates.recordsOf(node.id()).at(this.clock.instant(), Dialect.CURRENT);
		Set<Fingerprint> standing = standingOn(node, account);
		return story.keys().stream().map((key) -> key(key, owners, desired, account, standing)).toList();
	}

	private static Key untold(OfferedKey key, Map<Fingerprint, String> owners) {
		String owner = (key.fingerprint() != null) ? owners.get(key.fingerprint()) : null;
		return Key.of(key, owner, (key.fingerprint() != null && owner == null) ? Standing.UNKNOWN : Standing.UNTOLD,
				List.of());
	}

	private static Key key(OfferedKey offered, Map<Fingerprint, String> owners, DesiredState desired, String account,
			Set<Fingerprint> standing) {
		Fingerprint key = offered.fingerprint();
		if (key == null) {
			return Key.of(offered, null, Standing.UNTOLD, List.of());
		}
		List<String> accounts = desired.accounts()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().stream().map(DesiredLine::fingerprint).anyMatch(key::equals))
			.map(Map.Entry::getKey)
			.toList();
		return Key.of(offered, owners.get(key),
				standing(accounts, account, standing.contains(key), owners.containsKey(key)), accounts);
	}

	private static Standing standing(List<String> accounts, String account, boolean stands, boolean owned) {
		if (accounts.contains(account)) {
			return stands ? Standing.IN_PLACE : Standing.GRANTED;
		}
		if (stands) {
			return Standing.FOREIGN;
		}
		if (!accounts.isEmpty()) {
			return Standing.OTHER_ACCOUNT;
		}
		return owned ? Standing.NOT_GRANTED : Standing.UNKNOWN;
	}

	/** As a run saw it last. */
	private Set<Fingerprint> standingOn(Node node, String account) {
		return this.states.accounts(node.id())
			.stream()
			.filter((state) -> state.account().equals(account))
			.flatMap((state) -> state.entries().stream())
			.filter((entry) -> entry.is() != null && entry.fingerprint() != null)
			.map((entry) -> Objects.requireNonNull(entry.fingerprint()))
			.collect(Collectors.toSet());
	}

}
