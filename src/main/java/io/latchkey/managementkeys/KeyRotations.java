package io.latchkey.managementkeys;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.identity.HeldKeys;
import io.latchkey.inventory.NodeChanged;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.NodeRemoved;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.runs.KeyStanding;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rotations of the management key: a new one is made beside the one before, each node's
 * run moves its node, and when the last has moved the one before is forgotten. All that
 * is known of it stands in the database, so a rotation goes on where it was after
 * whatever happens to Latchkey.
 */
@Service
public class KeyRotations {

	private final ManagementKeys keys;

	private final KeyRotationRepository nodes;

	private final HeldKeys heldKeys;

	private final WakeUps wakeUps;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final KeyGenerations generations;

	KeyRotations(ManagementKeys keys, KeyRotationRepository nodes, HeldKeys heldKeys, WakeUps wakeUps,
			ApplicationEventPublisher events, PlatformTransactionManager transactions, Clock clock,
			KeyGenerations generations) {
		this.keys = keys;
		this.nodes = nodes;
		this.heldKeys = heldKeys;
		this.transaction = new TransactionTemplate(transactions);
		this.wakeUps = wakeUps;
		this.events = events;
		this.clock = clock;
		this.generations = generations;
	}

	/**
	 * Sends the nodes on their way to another management key: to one of the agent's where
	 * an agent is set up, and else to one that is made.
	 * @throws KeyRotationUnderWayException when they still are, to the one before
	 */
	public void start() {
		start(this.generations.usualNext());
	}

	/**
	 * Sends the nodes on their way to this management key.
	 * @throws KeyRotationUnderWayException when they still are, to the one before
	 * @throws InvalidInputException when the agent has no such key, or it is somebody's
	 */
	public void start(NextKey next) {
		try (NewKeys newest = this.generations.prepare(next)) {
			newest.ofAgent().forEach((key) -> this.heldKeys.ownerOf(key.fingerprint()).ifPresent((owner) -> {
				throw new InvalidInputException(Fault.of("fingerprint", "management-key.of-identity", owner));
			}));
			this.transaction.executeWithoutResult((status) -> begin(newest));
		}
	}

	private void begin(NewKeys prepared) {
		// The nodes first, as the end of a run locks them: the other way round is a
		// deadlock.
		this.wakeUps.wake(this.nodes.enrolled(), Run.Trigger.CHANGE, Urgency.CHECK);
		List<ManagementKey> before = this.keys.newest();
		if (!this.generations.add(prepared)) {
			throw new KeyRotationUnderWayException();
		}
		before.forEach((key) -> this.events
			.publishEvent(new ManagementKeyRotationStarted(key.fingerprint(), successorOf(key).fingerprint())));
		finishWhenAllHaveMoved();
	}

	private ManagementKey successorOf(ManagementKey key) {
		return this.keys.newest(key.kind());
	}

	/** The one that is under way. */
	@Transactional(readOnly = true)
	public Optional<KeyRotation> underWay() {
		if (!this.generations.isRotating()) {
			return Optional.empty();
		}
		List<ManagementKey> usual = this.keys.all();
		return Optional.of(new KeyRotation(usual.get(0), usual.get(1), this.nodes.countMoved(), this.nodes.unmoved()));
	}

	/** Notes how far a node has come, in the transaction of its run. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void note(NodeId node, KeyStanding standing) {
		// Before the others are counted: of two that come last one waits for the other.
		this.generations.lock();
		if (this.keys.newest().stream().noneMatch((key) -> key.id() == standing.key())) {
			return;
		}
		this.nodes.note(node, standing, this.clock.instant());
		finishWhenAllHaveMoved();
	}

	/**
	 * A node that is to know another of the keys still knows the one before, until a run
	 * has moved it.
	 */
	@EventListener
	@Transactional
	void on(NodeChanged event) {
		if (event.isOfManagementKey() && this.nodes.find(event.id()).isEmpty()) {
			this.nodes.note(event.id(), new KeyStanding(this.keys.all().get(0).id(), false), this.clock.instant());
		}
	}

	/** Nobody waits for a node that is gone. */
	@EventListener
	@Transactional
	void on(NodeRemoved event) {
		finishWhenAllHaveMoved();
	}

	private void finishWhenAllHaveMoved() {
		if (this.generations.isRotating()) {
			this.generations.lock();
			if (this.nodes.countUnmoved() == 0) {
				this.generations.retireOlder()
					.forEach((key) -> this.events
						.publishEvent(new ManagementKeyRotated(key.fingerprint(), successorOf(key).fingerprint())));
			}
		}
	}

}
