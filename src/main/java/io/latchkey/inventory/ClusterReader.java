package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.latchkey.core.RowReader;

import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

/**
 * Puts clusters together with their nodes' names: one query for any number of them.
 */
@Component
class ClusterReader extends RowReader<ClusterEntity, Cluster> {

	private final ClusterRepository clusters;

	ClusterReader(ClusterRepository clusters) {
		this.clusters = clusters;
	}

	@Override
	public List<Cluster> readAll(Collection<ClusterEntity> entities) {
		List<Long> ids = entities.stream().map((entity) -> entity.id().value()).toList();
		Map<Long, List<String>> names = this.clusters.nodeNamesIn(ids)
			.stream()
			.collect(groupingBy(ClusterRepository.NodeName::getCluster,
					mapping(ClusterRepository.NodeName::getName, toList())));
		return entities.stream()
			.map((entity) -> entity.toCluster(names.getOrDefault(entity.id().value(), List.of())))
			.toList();
	}

}
