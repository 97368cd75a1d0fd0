package io.latchkey.api.clusters;

import java.util.Map;
import java.util.Objects;

import io.latchkey.api.answer.ListAnswer;
import io.latchkey.internode.InterNode;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.Cluster;
import io.latchkey.inventory.ClusterId;

import org.springframework.data.domain.Page;
import org.springframework.stereotype.Component;

/** Puts answers together; one query more for any number of clusters. */
@Component
class ClusterAnswers {

	private final InterNodeKeys interNodeKeys;

	ClusterAnswers(InterNodeKeys interNodeKeys) {
		this.interNodeKeys = interNodeKeys;
	}

	ClusterAnswer of(Cluster cluster) {
		return ClusterAnswer.of(cluster, this.interNodeKeys.of(cluster.id()));
	}

	ListAnswer<ClusterAnswer> of(Page<Cluster> page) {
		Map<ClusterId, InterNode> of = this.interNodeKeys.of(page.map(Cluster::id).getContent());
		return ListAnswer.of(page,
				(cluster) -> ClusterAnswer.of(cluster, Objects.requireNonNull(of.get(cluster.id()))));
	}

}
