package io.latchkey.reconcile.schedule;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.identity.IdentityDeleted;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.IdentityResumed;
import io.latchkey.identity.IdentitySuspended;
import io.latchkey.identity.KeyAdded;
import io.latchkey.identity.KeyEndChanged;
import io.latchkey.identity.KeyRemoved;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.TeamMemberAdded;
import io.latchkey.identity.TeamMemberRemoved;
import io.latchkey.internode.InterNodeEvent;
import io.latchkey.internode.Meshes;
import io.latchkey.inventory.ClusterDeleted;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.ClusterNodeAdded;
import io.latchkey.inventory.ClusterNodeRemoved;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.HostKeysPinned;
import io.latchkey.inventory.NodeAdded;
import io.latchkey.inventory.NodeChanged;
import io.latchkey.inventory.NodeEnrolled;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.NodeRemovalBegun;
import io.latchkey.inventory.NodeRemoved;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Wakes the nodes that a change of the records affects, in the transaction of the change;
 * grants are seen to where their delivery is.
 */
@Component
public class ChangeListener {

	private final Grants grants;

	private final ReachedNodes reached;

	private final Clusters clusters;

	private final Meshes meshes;

	private final WakeUps wakeUps;

	ChangeListener(Grants grants, ReachedNodes reached, Clusters clusters, Meshes meshes, WakeUps wakeUps) {
		this.grants = grants;
		this.reached = reached;
		this.clusters = clusters;
		this.meshes = meshes;
		this.wakeUps = wakeUps;
	}

	@EventListener
	void on(IdentitySuspended event) {
		wake(nodesOf(event.id()), Urgency.REMOVAL);
	}

	/**
	 * Its own grants are revoked, which wakes their nodes; here are those of its teams.
	 */
	@EventListener
	void on(IdentityDeleted event) {
		wake(nodesOf(event.teams()), Urgency.REMOVAL);
	}

	@EventListener
	void on(IdentityResumed event) {
		wake(nodesOf(event.id()), Urgency.ADDITION);
	}

	@EventListener
	void on(KeyAdded event) {
		wake(nodesOf(event.identity()), Urgency.ADDITION);
	}

	@EventListener
	void on(KeyEndChanged event) {
		wake(nodesOf(event.identity()), Urgency.REMOVAL);
	}

	@EventListener
	void on(KeyRemoved event) {
		wake(nodesOf(event.identity()), Urgency.REMOVAL);
	}

	@EventListener
	void on(TeamMemberAdded event) {
		wake(nodesOf(Set.of(event.team())), Urgency.ADDITION);
	}

	@EventListener
	void on(TeamMemberRemoved event) {
		wake(nodesOf(Set.of(event.team())), Urgency.REMOVAL);
	}

	@EventListener
	void on(ClusterNodeAdded event) {
		wake(with(event.node(), Set.of(event.cluster())), Urgency.ADDITION);
	}

	@EventListener
	void on(ClusterNodeRemoved event) {
		wake(with(event.node(), Set.of(event.cluster())), Urgency.REMOVAL);
	}

	@EventListener
	void on(NodeAdded event) {
		this.wakeUps.begin(event.id());
	}

	@EventListener
	void on(NodeEnrolled event) {
		this.wakeUps.wakeEnrolled(event.id());
	}

	@EventListener
	void on(NodeChanged event) {
		wake(with(event.id(), this.clusters.clustersOf(event.id())), Urgency.ADDITION);
	}

	/**
	 * The other nodes of its clusters have to know it by its host keys. Known by others
	 * than before it may be another machine, of which nothing was confirmed yet.
	 */
	@EventListener
	void on(HostKeysPinned event) {
		if (event.occasion() == HostKeysPinned.Occasion.REPLACED) {
			this.wakeUps.wakeReplaced(event.id());
		}
		wake(this.meshes.neighboursOf(this.clusters.clustersOf(event.id())), Urgency.ADDITION);
	}

	/**
	 * What was granted on it is revoked, which wakes the nodes; here is what stood there
	 * for its nodes.
	 */
	@EventListener
	void on(ClusterDeleted event) {
		wake(event.nodes(), Urgency.REMOVAL);
	}

	@EventListener
	void on(InterNodeEvent event) {
		wake(event.nodes(), event.removes() ? Urgency.REMOVAL : Urgency.ADDITION);
	}

	/**
	 * The node itself as well, and before anything of it goes: what is known of nodes is
	 * locked together and first, as the end of a run does. The other way round is a
	 * deadlock.
	 */
	@EventListener
	void on(NodeRemovalBegun event) {
		wake(with(event.id(), event.clusters()), Urgency.REMOVAL);
	}

	@EventListener
	void on(NodeRemoved event) {
		this.wakeUps.end(event.id());
	}

	private void wake(Collection<NodeId> nodes, Urgency urgency) {
		this.wakeUps.wake(nodes, Run.Trigger.CHANGE, urgency);
	}

	/** The node, and those that have to reach it or were reached by it. */
	private Set<NodeId> with(NodeId node, Set<ClusterId> clusters) {
		Set<NodeId> nodes = new HashSet<>(this.meshes.neighboursOf(clusters));
		nodes.add(node);
		return nodes;
	}

	private Set<NodeId> nodesOf(IdentityId identity) {
		return this.reached.of(this.grants.unendedOf(identity));
	}

	private Set<NodeId> nodesOf(Set<TeamId> teams) {
		return this.reached.of(this.grants.unendedOf(Set.of(), teams));
	}

}
