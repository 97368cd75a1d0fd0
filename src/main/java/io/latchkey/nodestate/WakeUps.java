package io.latchkey.nodestate;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Wakes the tasks of nodes in the transaction of the change: both are committed together,
 * or neither. One statement, whatever the number of nodes; a run that is under way sees
 * the raised generation when it ends and is followed by another.
 */
@Component
public class WakeUps {

	private final NodeStateRepository states;

	private final AccountFilesRepository files;

	private final NodeTasks tasks;

	private final Clock clock;

	WakeUps(NodeStateRepository states, AccountFilesRepository files, NodeTasks tasks, Clock clock) {
		this.states = states;
		this.files = files;
		this.tasks = tasks;
		this.clock = clock;
	}

	/**
	 * A node that is being worked on keeps its task; the run that follows is as urgent as
	 * the change.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void wake(Collection<NodeId> nodes, Run.Trigger trigger, Urgency urgency) {
		if (nodes.isEmpty()) {
			return;
		}
		this.states.raiseGeneration(nodes, trigger);
		this.tasks.bringForward(nodes, urgency);
		this.tasks.lookForDueAfterCommit();
	}

	/**
	 * Holds what is known of nodes until the transaction ends. Whoever writes what hangs
	 * on a node does this first, or wakes it, as the end of a run does: the other way
	 * round is a deadlock.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void hold(Collection<NodeId> nodes) {
		this.states.lock(nodes);
	}

	/**
	 * The same of those that nobody else holds.
	 * @return which they are
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Set<NodeId> holdFree(Collection<NodeId> nodes) {
		return this.states.lockFree(nodes).keySet();
	}

	/** Begins to look after a node, for as long as it is there. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void begin(NodeId node) {
		this.states.insert(node, this.clock.instant());
		this.tasks.add(node);
		this.tasks.lookForDueAfterCommit();
	}

	/** Wakes a node that Latchkey was just let in to. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void wakeEnrolled(NodeId node) {
		this.states.noteEnrolled(node);
		this.files.forget(node);
		wake(List.of(node), Run.Trigger.CHANGE, Urgency.ADDITION);
	}

	/** Wakes a node that may be another machine than before. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void wakeReplaced(NodeId node) {
		wake(List.of(node), Run.Trigger.CHANGE, Urgency.ADDITION);
		this.files.forget(node);
	}

	/** A run that is under way ends by itself, and finds the node gone. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void end(NodeId node) {
		this.tasks.removeIdle(node);
	}

}
