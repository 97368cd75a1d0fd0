package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

/**
 * Puts nodes together with their labels, clusters and host keys: three queries for any
 * number of them.
 */
@Component
class NodeReader {

	private final NodeRepository nodes;

	private final ClusterRepository clusters;

	NodeReader(NodeRepository nodes, ClusterRepository clusters) {
		this.nodes = nodes;
		this.clusters = clusters;
	}

	Node read(NodeEntity entity) {
		return read(List.of(entity)).get(0);
	}

	Page<Node> read(Page<NodeEntity> page) {
		return new PageImpl<>(read(page.getContent()), page.getPageable(), page.getTotalElements());
	}

	List<Node> read(Collection<NodeEntity> entities) {
		List<Long> ids = entities.stream().map((entity) -> entity.id().value()).toList();
		Map<Long, Map<String, String>> labels = labels(ids);
		Map<Long, List<String>> clusterNames = clusterNames(ids);
		Map<Long, List<HostKey>> hostKeys = hostKeys(ids);
		return entities.stream().map((entity) -> {
			long id = entity.id().value();
			return entity.toNode(labels.getOrDefault(id, Map.of()), clusterNames.getOrDefault(id, List.of()),
					hostKeys.getOrDefault(id, List.of()));
		}).toList();
	}

	private Map<Long, Map<String, String>> labels(List<Long> ids) {
		return this.nodes.labelsOf(ids)
			.stream()
			.collect(groupingBy(NodeRepository.Property::getNode,
					toMap(NodeRepository.Property::getKey, NodeRepository.Property::getValue)));
	}

	private Map<Long, List<String>> clusterNames(List<Long> ids) {
		return this.clusters.membershipsOf(ids)
			.stream()
			.collect(groupingBy(ClusterRepository.Membership::getNode,
					mapping(ClusterRepository.Membership::getClusterName, toList())));
	}

	private Map<Long, List<HostKey>> hostKeys(List<Long> ids) {
		return this.nodes.hostKeysOf(ids)
			.stream()
			.collect(groupingBy(NodeRepository.Property::getNode, mapping(NodeReader::hostKey, toList())));
	}

	private static HostKey hostKey(NodeRepository.Property pin) {
		try {
			return new HostKey(PublicKey.parse(pin.getValue()));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("The pinned host key " + pin.getKey() + " cannot be read", ex);
		}
	}

}
