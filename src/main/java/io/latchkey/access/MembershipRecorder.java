package io.latchkey.access;

import java.time.Clock;
import java.time.Instant;

import io.latchkey.identity.IdentityDeleted;
import io.latchkey.identity.IdentityResumed;
import io.latchkey.identity.IdentitySuspended;
import io.latchkey.identity.TeamDeleted;
import io.latchkey.identity.TeamMemberAdded;
import io.latchkey.identity.TeamMemberRemoved;
import io.latchkey.inventory.ClusterDeleted;
import io.latchkey.inventory.ClusterNodeAdded;
import io.latchkey.inventory.ClusterNodeRemoved;
import io.latchkey.inventory.NodeRemoved;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps who was in what, and for how long, in the transaction of each change.
 */
@Component
class MembershipRecorder {

	private final MembershipRepository memberships;

	private final Clock clock;

	MembershipRecorder(MembershipRepository memberships, Clock clock) {
		this.memberships = memberships;
		this.clock = clock;
	}

	@EventListener
	void on(TeamMemberAdded event) {
		this.memberships.begin(Membership.TEAM, event.team().value(), event.identity().value(), event.identityName(),
				now());
	}

	@EventListener
	void on(TeamMemberRemoved event) {
		this.memberships.end(Membership.TEAM, event.team().value(), event.identity().value(), now());
	}

	@EventListener
	void on(TeamDeleted event) {
		this.memberships.endGroup(Membership.TEAM, event.id().value(), now());
	}

	@EventListener
	void on(ClusterNodeAdded event) {
		this.memberships.begin(Membership.CLUSTER, event.cluster().value(), event.node().value(), event.nodeName(),
				now());
	}

	@EventListener
	void on(ClusterNodeRemoved event) {
		this.memberships.end(Membership.CLUSTER, event.cluster().value(), event.node().value(), now());
	}

	@EventListener
	void on(ClusterDeleted event) {
		this.memberships.endGroup(Membership.CLUSTER, event.id().value(), now());
	}

	@EventListener
	void on(NodeRemoved event) {
		this.memberships.endMember(Membership.CLUSTER, event.id().value(), now());
	}

	@EventListener
	void on(IdentityDeleted event) {
		this.memberships.endMember(Membership.TEAM, event.id().value(), now());
		this.memberships.resume(event.id().value(), now());
	}

	@EventListener
	void on(IdentitySuspended event) {
		this.memberships.suspend(event.id().value(), now());
	}

	@EventListener
	void on(IdentityResumed event) {
		this.memberships.resume(event.id().value(), now());
	}

	private Instant now() {
		return this.clock.instant();
	}

}
