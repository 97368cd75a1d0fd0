package io.latchkey.pages.overview;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.OverdueRemoval;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.delivery.UnendedSessions;
import io.latchkey.foreignkeys.UnwantedKey;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.https.HttpsCertificate;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Login;
import io.latchkey.logins.Logins;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.pages.Links;
import io.latchkey.passwords.PasswordLogin;
import io.latchkey.passwords.PasswordSwitches;
import io.latchkey.registration.Registrations;
import io.latchkey.ssh.ManagementKeyAgent;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Gathers what needs somebody, the most pressing first.
 */
@Component
class NeedReader {

	private static final int MOST_SHOWN = 20;

	private static final Duration UNGRANTED_WITHIN = Duration.ofDays(7);

	private static final List<NodeState> NEEDY = List.of(NodeState.REFUSED, NodeState.FAILED, NodeState.UNREACHABLE,
			NodeState.PENDING_ENROLMENT);

	private final Deliveries deliveries;

	private final NodeStates states;

	private final Nodes nodes;

	private final HeldKeys heldKeys;

	private final ManagementKeyAgent agent;

	private final UnwantedKeys unwantedKeys;

	private final UnendedSessions unendedSessions;

	private final Registrations registrations;

	private final Logins logins;

	private final PasswordSwitches passwords;

	private final ObjectProvider<HttpsCertificate> certificate;

	private final Clock clock;

	private final NeedTexts texts;

	NeedReader(Deliveries deliveries, NodeStates states, Nodes nodes, HeldKeys heldKeys, ManagementKeyAgent agent,
			UnwantedKeys unwantedKeys, UnendedSessions unendedSessions, Registrations registrations, Logins logins,
			PasswordSwitches passwords, ObjectProvider<HttpsCertificate> certificate, Clock clock, NeedTexts texts) {
		this.deliveries = deliveries;
		this.states = states;
		this.nodes = nodes;
		this.heldKeys = heldKeys;
		this.agent = agent;
		this.unwantedKeys = unwantedKeys;
		this.unendedSessions = unendedSessions;
		this.registrations = registrations;
		this.logins = logins;
		this.passwords = passwords;
		this.certificate = certificate;
		this.clock = clock;
		this.texts = texts;
	}

	Needs read() {
		List<OverdueRemoval> overdue = this.deliveries.overdueRemovals();
		List<NodeId> needy = NEEDY.stream().flatMap((state) -> this.states.inState(state).stream()).toList();
		Map<NodeId, Long> foreign = this.states.foreignCounts();
		List<Need> shown = new ArrayList<>(overdue.stream().limit(MOST_SHOWN).map(this.texts::overdue).toList());
		List<Need> agents = this.agent.trouble().map(this.texts::agent).stream().toList();
		shown.addAll(agents);
		List<Need> certificates = certificates();
		shown.addAll(certificates);
		List<Need> ungranted = ungranted();
		shown.addAll(ungranted);
		List<Need> passwords = passwords();
		shown.addAll(passwords);
		List<Need> unwanted = unwanted();
		shown.addAll(unwanted);
		List<Need> sessions = sessions(this.unendedSessions.open());
		shown.addAll(sessions.stream().limit(MOST_SHOWN).toList());
		this.deliveries.failedOnWellNodes(MOST_SHOWN).forEach((failed) -> shown.add(this.texts.notDelivered(failed)));
		List<Need> waiting = registrations();
		shown.addAll(waiting);
		shown.addAll(onNodes(needy, foreign));
		List<HeldKey> ending = this.heldKeys.endingSoon();
		shown.addAll(ending.stream().limit(MOST_SHOWN).map(this.texts::ending).toList());
		List<Need> fresh = fresh();
		shown.addAll(fresh);
		int notDelivered = (int) this.deliveries.countFailedOnWellNodes();
		int all = overdue.size() + notDelivered + agents.size() + certificates.size() + ungranted.size()
				+ passwords.size() + unwanted.size() + sessions.size() + waiting.size() + needy.size()
				+ (foreign.isEmpty() ? 0 : 1) + ending.size() + fresh.size();
		return new Needs(overdue.size(), all - overdue.size(), shown, all - shown.size());
	}

	private List<Need> onNodes(List<NodeId> needy, Map<NodeId, Long> foreign) {
		List<NodeId> first = needy.stream().limit(MOST_SHOWN).toList();
		Map<NodeId, String> names = this.nodes
			.namesOf(Stream.concat(first.stream(), foreign.keySet().stream()).distinct().toList());
		Collection<NodeStatus> statuses = this.states.of(first).values();
		List<Need> shown = new ArrayList<>(otherHostKeys(statuses));
		shown.addAll(
				nodes(statuses.stream().filter((status) -> status.remarks().shownHostKey() == null).toList(), names));
		if (!foreign.isEmpty()) {
			shown.add(this.texts.foreign(foreign, names));
		}
		return shown;
	}

	private List<Need> certificates() {
		return this.certificate.stream()
			.flatMap((served) -> served.trouble()
				.map((trouble) -> this.texts.certificate(trouble, served.endsAt()))
				.stream())
			.toList();
	}

	private List<Need> registrations() {
		int count = this.registrations.countWaiting();
		return (count == 0) ? List.of() : List.of(this.texts.registrations(count));
	}

	private List<Need> ungranted() {
		List<KeyUse> uses = this.logins.ungranted(this.clock.instant().minus(UNGRANTED_WITHIN));
		return uses.isEmpty() ? List.of() : List.of(this.texts.ungranted(uses));
	}

	private List<Need> fresh() {
		List<Login> logins = this.logins.fromNewAddresses(this.clock.instant().minus(UNGRANTED_WITHIN));
		return logins.isEmpty() ? List.of() : List.of(this.texts.fresh(logins));
	}

	private List<Need> passwords() {
		List<PasswordLogin> drifted = this.passwords.drifted();
		return drifted.isEmpty() ? List.of() : List
			.of(this.texts.passwords(drifted, this.nodes.namesOf(drifted.stream().map(PasswordLogin::node).toList())));
	}

	private List<Need> unwanted() {
		List<UnwantedKey> open = this.unwantedKeys.open();
		return open.isEmpty() ? List.of() : List.of(this.texts.unwanted(open));
	}

	/**
	 * One for each of those whose sessions they are, or for the grant where that is not
	 * known.
	 */
	private List<Need> sessions(List<UnendedSession> unended) {
		return unended.stream()
			.collect(Collectors.groupingBy(
					(session) -> Objects.requireNonNullElse(session.identity(), Links.grant(session.grant().value())),
					LinkedHashMap::new, Collectors.toList()))
			.values()
			.stream()
			.map(this.texts::sessions)
			.toList();
	}

	private List<Need> nodes(Collection<NodeStatus> statuses, Map<NodeId, String> names) {
		return NEEDY.stream()
			.flatMap((state) -> statuses.stream().filter((status) -> status.state() == state))
			.map((status) -> this.texts.node(status, names.getOrDefault(status.node(), "")))
			.toList();
	}

	/** A machine that may be another one comes before what merely does not work. */
	private List<Need> otherHostKeys(Collection<NodeStatus> statuses) {
		Map<NodeId, NodeStatus> changed = statuses.stream()
			.filter((status) -> status.remarks().shownHostKey() != null)
			.collect(Collectors.toMap(NodeStatus::node, Function.identity()));
		return changed.isEmpty() ? List.of()
				: this.nodes.all(changed.keySet())
					.stream()
					.map((node) -> this.texts.otherHostKey(node, Objects.requireNonNull(changed.get(node.id()))))
					.toList();
	}

}
