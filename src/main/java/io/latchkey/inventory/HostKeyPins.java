package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.CurrentActor;
import io.latchkey.openssh.Fingerprint;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * By which host keys nodes are known, and by which others their names and addresses were
 * known before: those are for an admin to change.
 */
@Service
@Transactional
public class HostKeyPins {

	private final NodeRepository nodes;

	private final NodeReader reader;

	private final FormerHostKeyRepository former;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	HostKeyPins(NodeRepository nodes, NodeReader reader, FormerHostKeyRepository former, CurrentActor actor,
			ApplicationEventPublisher events) {
		this.nodes = nodes;
		this.reader = reader;
		this.former = former;
		this.actor = actor;
		this.events = events;
	}

	/**
	 * Pins the host keys, in place of any pinned before.
	 * @throws FormerHostKeysException when the name or the address was known by others
	 * before, and the actor is no admin
	 */
	public void pin(NodeId id, List<HostKey> keys) {
		NodeEntity entity = this.nodes.lock(id);
		boolean first = entity.fingerprints().isEmpty();
		boolean replaced = entity.isKnownByOthersThan(keys);
		if (first && !formerOthers(entity, keys).isEmpty()) {
			requireAdmin(entity, keys);
			this.former.forget(entity.name(), entity.address(), entity.port());
			replaced = true;
		}
		pin(entity, keys, replaced ? HostKeysPinned.Occasion.REPLACED : HostKeysPinned.Occasion.CONFIRMED);
	}

	private void pin(NodeEntity entity, List<HostKey> keys, HostKeysPinned.Occasion occasion) {
		if (entity.pin(keys)) {
			List<Fingerprint> fingerprints = keys.stream().map((key) -> key.key().fingerprint()).toList();
			publish(new HostKeysPinned(entity.id(), entity.name(), fingerprints, occasion));
		}
	}

	/**
	 * Pins the host keys that the node itself has vouched for, unless it is known by
	 * others by now than it was then, or gone.
	 */
	public void renew(Node known, List<HostKey> keys) {
		this.nodes.lockAll(Set.of(known.id().value()))
			.stream()
			.filter((entity) -> entity.isKnownBy(known.hostKeys()))
			.forEach((entity) -> pin(entity, keys, HostKeysPinned.Occasion.VOUCHED));
	}

	/**
	 * Whether the actor may have these pinned, before anything is told to who shows them.
	 * @throws FormerHostKeysException when that is for an admin
	 */
	@Transactional(readOnly = true)
	public void checkMayPin(Node node, List<HostKey> keys) {
		this.nodes.findById(node.id().value())
			.filter((entity) -> entity.fingerprints().isEmpty())
			.ifPresent((entity) -> requireAdmin(entity, keys));
	}

	private void requireAdmin(NodeEntity entity, List<HostKey> keys) {
		List<FormerHostKeys> others = formerOthers(entity, keys);
		if (!others.isEmpty() && !this.actor.mayAdminister()) {
			throw new FormerHostKeysException(entity.name(), others.get(0));
		}
	}

	private List<FormerHostKeys> formerOthers(NodeEntity entity, List<HostKey> keys) {
		return this.former.of(entity.name(), entity.address(), entity.port())
			.others(entity.name(), entity.address(), entity.port(), keys);
	}

	/** Who was known by other keys there would otherwise be replaced from elsewhere. */
	void checkMayMove(NodeEntity entity, NodeDraft draft) {
		List<String> fingerprints = entity.fingerprints();
		if (fingerprints.isEmpty() || this.actor.mayAdminister()) {
			return;
		}
		this.former.of(entity.name(), draft.address(), draft.port())
			.othersAt(draft.address(), draft.port(), entity.name(), fingerprints)
			.stream()
			.findFirst()
			.ifPresent((other) -> {
				throw new FormerHostKeysException(entity.name(), other);
			});
	}

	/** By which host keys it was known when it goes, or moves away from there. */
	void remember(String name, String address, int port, List<String> fingerprints) {
		this.former.remember(name, address, port, fingerprints);
	}

	/** By which host keys names and addresses were known that are nobody's by now. */
	@Transactional(readOnly = true)
	public FormerPins former() {
		return this.former.all();
	}

	/** The same for the name and the address of one node. */
	@Transactional(readOnly = true)
	public FormerPins former(String name, String address, int port) {
		return this.former.of(name, address, port);
	}

	/** Those for which one of these host keys is pinned, by name. */
	@Transactional(readOnly = true)
	public List<Node> knownBy(Collection<HostKey> keys) {
		return this.reader
			.readAll(this.nodes.knownBy(keys.stream().map((key) -> key.key().fingerprint().value()).toList()));
	}

	/** The same by a fingerprint alone. */
	@Transactional(readOnly = true)
	public List<Node> showing(Fingerprint hostKey) {
		return this.reader.readAll(this.nodes.knownBy(List.of(hostKey.value())));
	}

	/** Listeners see the change, with whatever they read it. */
	private void publish(AuditableEvent event) {
		this.nodes.flush();
		this.events.publishEvent(event);
	}

}
