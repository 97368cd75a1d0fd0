package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.RowReader;
import io.latchkey.core.SearchText;
import io.latchkey.core.Sorting;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/**
 * Puts nodes together with their labels, clusters, host keys and jump nodes: three
 * queries for any number of them, and four more for each jump that lies before one.
 */
@Component
class NodeReader extends RowReader<NodeEntity, Node> {

	private static final Logger log = LoggerFactory.getLogger(NodeReader.class);

	private static final Sorting SORTING = Sorting.by("name", "address", "port", "managementAccount", "privilege",
			"mode");

	private final NodeRepository nodes;

	private final ClusterRepository clusters;

	NodeReader(NodeRepository nodes, ClusterRepository clusters) {
		this.nodes = nodes;
		this.clusters = clusters;
	}

	/**
	 * @throws InvalidInputException when there is no such cluster
	 */
	Page<Node> search(@Nullable String query, @Nullable String cluster, Pageable page) {
		String pattern = SearchText.pattern(query);
		Pageable sorted = SORTING.apply(page);
		if (cluster == null) {
			return read(this.nodes.search(pattern, sorted));
		}
		return this.clusters.findByName(cluster)
			.map((entity) -> read(this.nodes.searchIn(entity.id().value(), pattern, sorted)))
			.orElseThrow(() -> new InvalidInputException(Fault.of("cluster", "cluster.unknown", cluster)));
	}

	@Override
	public List<Node> readAll(Collection<NodeEntity> entities) {
		return read(entities, JumpNodes.MOST);
	}

	/**
	 * @param jumps so many may be left, so that a circle has an end
	 */
	private List<Node> read(Collection<NodeEntity> entities, int jumps) {
		List<Long> ids = entities.stream().map((entity) -> entity.id().value()).toList();
		Map<Long, Map<String, String>> labels = labels(ids);
		Map<Long, List<String>> clusterNames = clusterNames(ids);
		Map<Long, List<HostKey>> hostKeys = hostKeys(ids);
		Map<NodeId, Node> jumpNodes = jumpNodes(entities, jumps);
		return entities.stream().map((entity) -> {
			long id = entity.id().value();
			NodeId jump = entity.jump();
			return entity.toNode(labels.getOrDefault(id, Map.of()), clusterNames.getOrDefault(id, List.of()),
					hostKeys.getOrDefault(id, List.of()), (jump != null) ? jumpNodes.get(jump) : null);
		}).toList();
	}

	private Map<NodeId, Node> jumpNodes(Collection<NodeEntity> entities, int jumps) {
		Set<Long> ids = entities.stream()
			.map(NodeEntity::jump)
			.filter(Objects::nonNull)
			.map(NodeId::value)
			.collect(toSet());
		if (ids.isEmpty() || jumps == 0) {
			return Map.of();
		}
		return read(this.nodes.allByName(ids), jumps - 1).stream().collect(toMap(Node::id, identity()));
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
			.collect(groupingBy(NodeRepository.Property::getNode,
					flatMapping((pin) -> hostKey(pin).stream(), toList())));
	}

	/**
	 * One that cannot be read counts as not pinned, and a node without any is not talked
	 * to; the nodes that are read with it are.
	 */
	private static Optional<HostKey> hostKey(NodeRepository.Property pin) {
		try {
			return Optional.of(new HostKey(PublicKey.parse(pin.getValue())));
		}
		catch (InvalidKeyException ex) {
			log.error("The pinned host key {} of the node with the id {} cannot be read: {}", pin.getKey(),
					pin.getNode(), ex.getMessage());
			return Optional.empty();
		}
	}

}
