package io.latchkey.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.foreignkeys.ForeignLosses;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.ForeignLine;
import io.latchkey.removal.RemovalReader;

import org.springframework.stereotype.Component;

/**
 * Finds what closes every way in beside a grant. A grant of the same people, or of the
 * same team, is revoked; out of another team those are taken whom the grant was for, so
 * that the others in it lose nothing.
 */
@Component
class EveryWay {

	private final WayReader reader;

	private final RemovalReader removals;

	private final ForeignLosses foreignLosses;

	private final DeliveryRepository deliveries;

	private final Grants grants;

	private final Teams teams;

	private final Identities identities;

	private final Nodes nodes;

	private final Clock clock;

	EveryWay(WayReader reader, RemovalReader removals, ForeignLosses foreignLosses, DeliveryRepository deliveries,
			Grants grants, Teams teams, Identities identities, Nodes nodes, Clock clock) {
		this.reader = reader;
		this.removals = removals;
		this.foreignLosses = foreignLosses;
		this.deliveries = deliveries;
		this.grants = grants;
		this.teams = teams;
		this.identities = identities;
		this.nodes = nodes;
		this.clock = clock;
	}

	Closing closing(GrantId id) {
		GrantReach grant = this.grants.reachOf(id);
		Set<NodeId> on = this.deliveries.nodesOf(id);
		Ways ways = this.reader.read(List.of(grant), on);
		Map<GrantId, GrantReach> gone = new LinkedHashMap<>();
		if (isOpen(this.grants.get(id))) {
			gone.put(id, grant);
		}
		Map<TeamId, Set<IdentityId>> left = new HashMap<>();
		Set<ForeignLine> foreign = new LinkedHashSet<>();
		for (NodeId node : on) {
			for (Ways.Shared beside : ways.grantsBeside(grant, node, Set.of())) {
				if (endsWith(beside.grant(), grant)) {
					gone.put(beside.grant().id(), beside.grant());
				}
				else {
					left.computeIfAbsent(new TeamId(beside.grant().subjectId()), (team) -> new HashSet<>())
						.addAll(beside.identities());
				}
			}
			foreign.addAll(ways.foreignBeside(grant, node));
		}
		Set<NodeId> nodes = new HashSet<>(on);
		nodes.addAll(this.removals.nodesOf(gone.values()));
		nodes.addAll(this.removals.nodesOf(this.grants.unendedOf(Set.of(), left.keySet())));
		List<Closing.Membership> out = memberships(left);
		List<Grant> revoked = sorted(this.grants.all(gone.keySet()).values());
		return new Closing(revoked, out, List.copyOf(foreign), nodes,
				new RemovalPreview(losses(nodes, gone.keySet(), left, List.copyOf(foreign)), steps(revoked, out),
						RemovalReader.observedAmong(this.nodes.all(nodes))));
	}

	/** These of them that are open, and nothing beside them. */
	Closing closingOnly(Collection<GrantId> ids) {
		List<Grant> revoked = sorted(this.grants.all(ids).values().stream().filter(this::isOpen).toList());
		Set<GrantId> gone = revoked.stream().map(Grant::id).collect(Collectors.toSet());
		Set<NodeId> nodes = this.removals.nodesOf(this.grants.reachesOf(gone));
		List<AccountLoss> losses = this.removals.withForeignKeys(losses(nodes, gone, Map.of(), List.of()));
		return new Closing(revoked, List.of(), List.of(), nodes, new RemovalPreview(losses, steps(revoked, List.of()),
				RemovalReader.observedAmong(this.nodes.all(nodes))));
	}

	private boolean isOpen(Grant grant) {
		GrantStatus status = grant.statusAt(this.clock.instant());
		return status == GrantStatus.ACTIVE || status == GrantStatus.SCHEDULED;
	}

	private static boolean endsWith(GrantReach other, GrantReach grant) {
		return other.subjectKind() == Subject.Kind.IDENTITY
				|| (other.subjectKind() == grant.subjectKind() && other.subjectId() == grant.subjectId());
	}

	private static List<Grant> sorted(Collection<Grant> grants) {
		return grants.stream().sorted(Comparator.comparing((grant) -> grant.id().value())).toList();
	}

	private List<Closing.Membership> memberships(Map<TeamId, Set<IdentityId>> left) {
		Map<TeamId, String> names = this.teams.namesOf(left.keySet());
		Map<IdentityId, String> members = this.identities
			.namesOf(left.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
		List<Closing.Membership> memberships = new ArrayList<>();
		left.forEach((team, out) -> out.forEach((member) -> memberships
			.add(new Closing.Membership(names.getOrDefault(team, ""), members.getOrDefault(member, "")))));
		memberships.sort(Comparator.comparing(Closing.Membership::team).thenComparing(Closing.Membership::identity));
		return memberships;
	}

	private static List<String> steps(List<Grant> revoked, List<Closing.Membership> left) {
		return Stream
			.concat(revoked.stream().map((grant) -> "revoke grant:" + grant.id().value()),
					left.stream().map((out) -> "take identity:" + out.identity() + " out of team:" + out.team()))
			.toList();
	}

	private List<AccountLoss> losses(Set<NodeId> nodes, Set<GrantId> gone, Map<TeamId, Set<IdentityId>> left,
			List<ForeignLine> foreign) {
		Instant now = this.clock.instant();
		Map<NodeId, DesiredState> before = this.removals.desired(nodes, now);
		Map<NodeId, DesiredState> after = this.removals.desired(nodes, now, (records) -> records.without(gone, left));
		Map<NodeId, String> names = this.nodes.namesOf(nodes);
		Stream<AccountLoss> own = nodes.stream()
			.flatMap((node) -> RemovalReader
				.losses(names.getOrDefault(node, ""), Objects.requireNonNull(before.get(node)),
						Objects.requireNonNull(after.get(node)))
				.stream());
		return Stream.concat(own, this.foreignLosses.preview(foreign).accounts().stream()).toList();
	}

}
