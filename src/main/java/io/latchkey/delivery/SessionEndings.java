package io.latchkey.delivery;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.delivery.SessionEndingRepository.Place;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Subject;
import io.latchkey.identity.HeldKey;
import io.latchkey.identity.HeldKeys;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.Fingerprint;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Asks for live sessions to be ended, in the transaction of the change that takes their
 * access away. The nodes' next runs do it.
 */
@Component
class SessionEndings {

	private final SessionEndingRepository endings;

	private final DeliveryRepository deliveries;

	private final HeldKeys heldKeys;

	private final Teams teams;

	private final WakeUps wakeUps;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	SessionEndings(SessionEndingRepository endings, DeliveryRepository deliveries, HeldKeys heldKeys, Teams teams,
			WakeUps wakeUps, ApplicationEventPublisher events, Clock clock) {
		this.endings = endings;
		this.deliveries = deliveries;
		this.heldKeys = heldKeys;
		this.teams = teams;
		this.wakeUps = wakeUps;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Those of the keys that stand for the grant, and of those that its subject has: its
	 * lines may be gone already while sessions go on.
	 */
	void askFor(GrantReach grant) {
		Set<Place> places = new LinkedHashSet<>(this.endings.placesOf(grant.id()));
		List<HeldKey> keys = this.heldKeys.activeKeysOf(subjectsOf(grant));
		for (NodeId node : this.deliveries.nodesOf(grant.id())) {
			keys.forEach((key) -> places
				.add(new Place(node, grant.account(), key.key().key().fingerprint(), grant.id(), key.identityName())));
		}
		ask("grant:" + grant.id().value(), places);
	}

	/** Those of all keys that stand for the identity. */
	void askFor(String identity) {
		ask("identity:" + identity, this.endings.placesOf(identity));
	}

	/** Those of one key. */
	void askFor(String identity, Fingerprint key) {
		ask("identity:" + identity, this.endings.placesOf(key));
	}

	/** The same ones again. */
	void askAgain(String of, Collection<UnendedSession> sessions) {
		ask(of, sessions.stream()
			.map((session) -> new Place(session.nodeId(), session.account(), session.key(), session.grant(),
					session.identity()))
			.toList());
	}

	private Collection<IdentityId> subjectsOf(GrantReach grant) {
		if (grant.subjectKind() == Subject.Kind.IDENTITY) {
			return Set.of(new IdentityId(grant.subjectId()));
		}
		TeamId team = new TeamId(grant.subjectId());
		return this.teams.membersOf(Set.of(team)).getOrDefault(team, Set.of());
	}

	private void ask(String of, Collection<Place> places) {
		if (places.isEmpty()) {
			return;
		}
		// the nodes first, as the end of a run does
		this.wakeUps.wake(places.stream().map(Place::node).collect(Collectors.toSet()), Run.Trigger.CHANGE,
				Urgency.REMOVAL);
		this.endings.add(places, this.clock.instant());
		this.events.publishEvent(new SessionsEndAsked(of, places.size()));
	}

}
