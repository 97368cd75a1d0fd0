package io.latchkey.inventory;

import java.util.List;
import java.util.Set;

import io.latchkey.core.AuditableEvent;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * Adds, changes and removes nodes as they were checked, and tells of it.
 */
@Component
class NodeWriter {

	private final NodeRepository nodes;

	private final NodeReader reader;

	private final JumpNodes jumpNodes;

	private final HostKeyPins pins;

	private final ApplicationEventPublisher events;

	NodeWriter(NodeRepository nodes, NodeReader reader, JumpNodes jumpNodes, HostKeyPins pins,
			ApplicationEventPublisher events) {
		this.nodes = nodes;
		this.reader = reader;
		this.jumpNodes = jumpNodes;
		this.pins = pins;
		this.events = events;
	}

	Node add(NodeDraft draft) {
		NodeRepository.KIND.checkIsFree(draft.name(), this.nodes.findByName(draft.name()));
		NodeEntity added = new NodeEntity(draft, this.jumpNodes.resolve(draft.name(), draft.passage().jumpNode()));
		NodeEntity entity = NodeRepository.KIND.inserted(draft.name(), () -> this.nodes.saveAndFlush(added));
		publish(new NodeAdded(entity.id(), entity.name(), draft.address(), draft.port(),
				draft.passage().legacyAlgorithms()));
		return this.reader.read(entity);
	}

	Node replace(NodeEntity entity, NodeDraft draft) {
		String address = entity.address();
		int port = entity.port();
		if (!address.equals(draft.address()) || port != draft.port()) {
			this.pins.checkMayMove(entity, draft);
		}
		List<String> fields = entity.change(draft, this.jumpNodes.resolve(draft.name(), draft.passage().jumpNode()));
		if (fields.contains("address") || fields.contains("port")) {
			this.pins.remember(entity.name(), address, port, entity.fingerprints());
		}
		if (!fields.isEmpty()) {
			publish(new NodeChanged(entity.id(), entity.name(), fields));
		}
		return this.reader.read(entity);
	}

	void delete(NodeEntity entity, List<ClusterEntity> left) {
		this.jumpNodes.checkUnused(entity);
		Set<ClusterId> clusters = left.stream().map(ClusterEntity::id).collect(toUnmodifiableSet());
		this.events.publishEvent(new NodeRemovalBegun(entity.id(), clusters));
		left.forEach((cluster) -> {
			cluster.memberKeys().remove(entity.key());
			cluster.touch();
		});
		List<String> fingerprints = entity.fingerprints();
		this.pins.remember(entity.name(), entity.address(), entity.port(), fingerprints);
		this.nodes.delete(entity);
		publish(new NodeRemoved(entity.id(), entity.name(), clusters, fingerprints));
	}

	/** Listeners see the change, with whatever they read it. */
	void publish(AuditableEvent event) {
		this.nodes.flush();
		this.events.publishEvent(event);
	}

}
