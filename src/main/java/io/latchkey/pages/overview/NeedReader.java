package io.latchkey.pages.overview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.FailedDelivery;
import io.latchkey.delivery.OverdueRemoval;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.delivery.UnendedSessions;
import io.latchkey.foreignkeys.UnwantedKey;
import io.latchkey.foreignkeys.UnwantedKeys;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.Identities;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.logins.KeyUse;
import io.latchkey.logins.Logins;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.pages.Links;
import io.latchkey.pages.Mark;
import io.latchkey.pages.Marks;
import io.latchkey.pages.Moments;
import io.latchkey.pages.Texts;
import io.latchkey.registration.Registrations;
import io.latchkey.ssh.ManagementKeyAgent;

import org.springframework.stereotype.Component;

/**
 * Gathers what needs somebody, the most pressing first.
 */
@Component
class NeedReader {

	private static final int MOST_SHOWN = 20;

	private static final Mark OVERDUE = new Mark("s-failed", "ti-alarm", "page.need.overdue.mark");

	private static final Mark HOST_KEY = new Mark("s-failed", "ti-alert-triangle", "page.need.host-key.mark");

	private static final Mark FOREIGN = new Mark("s-foreign", "ti-fingerprint", "page.need.foreign.mark");

	private static final Mark WAITING = new Mark("s-pending", "ti-hourglass", "page.need.registrations.mark");

	private static final Mark ENDING = new Mark("s-drifted", "ti-hourglass", "page.need.key-ends.mark");

	private static final int FIRST_NODES = 5;

	private static final Mark UNWANTED = new Mark("s-failed", "ti-fingerprint", "page.need.unwanted.mark");

	private static final Mark SESSIONS = new Mark("s-failed", "ti-terminal-2", "page.need.sessions.mark");

	private static final Mark NOT_DELIVERED = new Mark("s-failed", "ti-key-off", "page.need.not-delivered.mark");

	private static final Duration UNGRANTED_WITHIN = Duration.ofDays(7);

	private static final Mark UNGRANTED = new Mark("s-failed", "ti-alert-triangle", "page.need.ungranted.mark");

	private static final Mark AGENT = new Mark("s-failed", "ti-plug-off", "page.need.agent.mark");

	private static final List<NodeState> NEEDY = List.of(NodeState.REFUSED, NodeState.FAILED, NodeState.UNREACHABLE,
			NodeState.PENDING_ENROLMENT);

	private final Deliveries deliveries;

	private final NodeStates states;

	private final Nodes nodes;

	private final Identities identities;

	private final ManagementKeyAgent agent;

	private final UnwantedKeys unwantedKeys;

	private final UnendedSessions unendedSessions;

	private final Registrations registrations;

	private final Logins logins;

	private final Clock clock;

	private final Moments moments;

	private final Marks marks;

	private final Texts texts;

	NeedReader(Deliveries deliveries, NodeStates states, Nodes nodes, Identities identities, ManagementKeyAgent agent,
			UnwantedKeys unwantedKeys, UnendedSessions unendedSessions, Registrations registrations, Logins logins,
			Clock clock, Moments moments, Marks marks, Texts texts) {
		this.deliveries = deliveries;
		this.states = states;
		this.nodes = nodes;
		this.identities = identities;
		this.agent = agent;
		this.unwantedKeys = unwantedKeys;
		this.unendedSessions = unendedSessions;
		this.registrations = registrations;
		this.logins = logins;
		this.clock = clock;
		this.moments = moments;
		this.marks = marks;
		this.texts = texts;
	}

	Needs read() {
		List<OverdueRemoval> overdue = this.deliveries.overdueRemovals();
		List<NodeId> needy = NEEDY.stream().flatMap((state) -> this.states.inState(state).stream()).toList();
		Map<NodeId, Long> foreign = this.states.foreignCounts();
		List<Need> shown = new ArrayList<>(overdue.stream().limit(MOST_SHOWN).map(this::overdue).toList());
		List<Need> agents = this.agent.trouble().map(this::agent).stream().toList();
		shown.addAll(agents);
		List<Need> ungranted = ungranted(this.logins.ungranted(this.clock.instant().minus(UNGRANTED_WITHIN)));
		shown.addAll(ungranted);
		List<Need> unwanted = unwanted(this.unwantedKeys.open());
		shown.addAll(unwanted);
		List<Need> sessions = sessions(this.unendedSessions.open());
		shown.addAll(sessions.stream().limit(MOST_SHOWN).toList());
		this.deliveries.failedOnWellNodes(MOST_SHOWN).forEach((failed) -> shown.add(notDelivered(failed)));
		List<Need> waiting = registrations().stream().toList();
		shown.addAll(waiting);
		List<NodeId> first = needy.stream().limit(MOST_SHOWN).toList();
		Map<NodeId, String> names = this.nodes
			.namesOf(Stream.concat(first.stream(), foreign.keySet().stream()).distinct().toList());
		Collection<NodeStatus> statuses = this.states.of(first).values();
		shown.addAll(otherHostKeys(statuses));
		shown.addAll(nodes(statuses.stream().filter((status) -> status.shownHostKey() == null).toList(), names));
		if (!foreign.isEmpty()) {
			shown.add(foreign(foreign, names));
		}
		List<HeldKey> ending = this.identities.keysEndingSoon();
		shown.addAll(ending.stream().limit(MOST_SHOWN).map(this::ending).toList());
		int notDelivered = (int) this.deliveries.countFailedOnWellNodes();
		int all = overdue.size() + notDelivered + agents.size() + ungranted.size() + unwanted.size() + sessions.size()
				+ waiting.size() + needy.size() + (foreign.isEmpty() ? 0 : 1) + ending.size();
		return new Needs(overdue.size(), all - overdue.size(), shown, all - shown.size());
	}

	private Optional<Need> registrations() {
		int count = this.registrations.countWaiting();
		return (count == 0) ? Optional.empty()
				: Optional.of(new Need(WAITING, false, this.texts.of("page.need.registrations", count), null, null,
						"/enrolment/registrations", null, null, null));
	}

	private Need overdue(OverdueRemoval removal) {
		String identity = removal.subject().substring(removal.subject().indexOf(':') + 1);
		String text = this.texts.of("page.need.overdue", identity, removal.node());
		String end = this.texts.of(removal.endsByItself() ? "page.need.overdue.ends" : "page.need.overdue.open",
				removal.account(), identity);
		String detail = (removal.detail() == null) ? end : end + " " + removal.detail();
		return new Need(OVERDUE, true, text, detail, removal.since(), Links.node(removal.node()), null, removal.node(),
				null);
	}

	private List<Need> ungranted(List<KeyUse> uses) {
		if (uses.isEmpty()) {
			return List.of();
		}
		long keys = uses.stream().map(KeyUse::fingerprint).distinct().count();
		String first = uses.stream()
			.map((use) -> use.account() + "@" + use.node())
			.distinct()
			.limit(FIRST_NODES)
			.collect(Collectors.joining(", "));
		return List.of(new Need(UNGRANTED, false, this.texts.of("page.need.ungranted", keys), first, uses.get(0).at(),
				"/logins?standing=UNGRANTED", null, null, null));
	}

	private List<Need> unwanted(List<UnwantedKey> open) {
		if (open.isEmpty()) {
			return List.of();
		}
		List<String> on = open.stream().map(UnwantedKey::node).distinct().toList();
		String rest = (on.size() > FIRST_NODES) ? ", …" : "";
		Instant since = open.stream().map(UnwantedKey::askedAt).min(Comparator.naturalOrder()).orElse(null);
		return List.of(new Need(UNWANTED, false, this.texts.of("page.need.unwanted", open.size(), on.size()),
				String.join(", ", on.subList(0, Math.min(on.size(), FIRST_NODES))) + rest, since, "/foreign-keys", null,
				null, null));
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
			.map(this::sessionsOfOne)
			.toList();
	}

	private Need sessionsOfOne(List<UnendedSession> unended) {
		UnendedSession first = unended.get(0);
		String identity = first.identity();
		long grant = first.grant().value();
		long on = unended.stream().map(UnendedSession::node).distinct().count();
		String whose = (identity != null) ? identity : this.texts.of("page.grant.id", Long.toString(grant));
		return new Need(SESSIONS, false, this.texts.of("page.need.sessions", whose, on, first.node()), first.detail(),
				first.askedAt(), (identity != null) ? Links.identity(identity) : Links.grant(grant), null, null, null);
	}

	private Need notDelivered(FailedDelivery failed) {
		return new Need(NOT_DELIVERED, false,
				this.texts.of("page.need.not-delivered", Long.toString(failed.grant().value()), failed.account(),
						failed.node()),
				failed.detail(), failed.since(), Links.grant(failed.grant().value()), null, null, null);
	}

	private Need agent(ManagementKeyAgent.Trouble trouble) {
		String detail = trouble.failure().getMessage() + ". " + this.texts.of(trouble.failure().remedy());
		return new Need(AGENT, false, this.texts.of("page.need.agent"), detail, trouble.since(), "/settings", null,
				null, null);
	}

	private List<Need> nodes(Collection<NodeStatus> statuses, Map<NodeId, String> names) {
		return NEEDY.stream()
			.flatMap((state) -> statuses.stream().filter((status) -> status.state() == state))
			.map((status) -> node(status, names.getOrDefault(status.node(), "")))
			.toList();
	}

	private Need node(NodeStatus status, String name) {
		String text = this.texts.of("page.need.node." + status.state(), name);
		boolean enrolled = status.state() != NodeState.PENDING_ENROLMENT;
		String act = enrolled ? null : Links.node(name) + "/enrol";
		return new Need(this.marks.of(status.state()), false, text, status.detail(), status.since(), Links.node(name),
				act, enrolled ? name : null, null);
	}

	/** A machine that may be another one comes before what merely does not work. */
	private List<Need> otherHostKeys(Collection<NodeStatus> statuses) {
		Map<NodeId, NodeStatus> changed = statuses.stream()
			.filter((status) -> status.shownHostKey() != null)
			.collect(Collectors.toMap(NodeStatus::node, Function.identity()));
		return changed.isEmpty() ? List.of()
				: this.nodes.all(changed.keySet())
					.stream()
					.map((node) -> otherHostKey(node, Objects.requireNonNull(changed.get(node.id()))))
					.toList();
	}

	private Need otherHostKey(Node node, NodeStatus status) {
		String pinned = node.hostKeys()
			.stream()
			.map((key) -> key.key().fingerprint().value())
			.collect(Collectors.joining(", "));
		return new Need(HOST_KEY, false, this.texts.of("page.need.host-key", node.name()),
				this.texts.of("page.need.host-key.detail", Objects.requireNonNull(status.shownHostKey()), pinned),
				status.since(), Links.node(node.name()), Links.node(node.name()) + "/host-keys", null, node.name());
	}

	private Need ending(HeldKey held) {
		Instant end = Objects.requireNonNull(held.key().expiresAt());
		String text = this.texts.of("page.need.key-ends", held.identityName(), this.moments.relative(end));
		String which = (held.key().comment() + " " + held.key().key().fingerprint()).strip();
		return new Need(ENDING, false, text, which, null, Links.identity(held.identityName()), null, null, null);
	}

	private Need foreign(Map<NodeId, Long> counts, Map<NodeId, String> names) {
		long lines = counts.values().stream().mapToLong(Long::longValue).sum();
		List<String> first = counts.keySet().stream().map(names::get).sorted().limit(5).toList();
		String rest = (counts.size() > first.size()) ? ", …" : "";
		return new Need(FOREIGN, false, this.texts.of("page.need.foreign", lines, counts.size()),
				String.join(", ", first) + rest, null, "/foreign-keys", null, null, null);
	}

}
