package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.core.NamedRows;
import jakarta.persistence.LockModeType;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

interface ClusterRepository extends JpaRepository<ClusterEntity, Long>, NamedRows<ClusterEntity> {

	@Query("select c.name from ClusterEntity c")
	Set<String> names();

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select c from ClusterEntity c where :nodeId member of c.nodes order by c.id")
	List<ClusterEntity> lockAllWith(long nodeId);

	@Query("""
			select c from ClusterEntity c
			where lower(c.name) like :pattern escape '!' or lower(c.displayName) like :pattern escape '!'""")
	Page<ClusterEntity> search(String pattern, Pageable page);

	/** Plain SQL, as a query that takes a list is translated anew each time. */
	@NativeQuery("""
			select c.id as "cluster", c.name as "clusterName", m.node_id as "node"
			from cluster c join cluster_node m on m.cluster_id = c.id
			where m.node_id in (:nodeIds) order by c.name""")
	List<Membership> someMembershipsOf(Chunk<Long> nodeIds);

	default List<Membership> membershipsOf(Collection<Long> nodeIds) {
		return Chunk.collect(nodeIds, this::someMembershipsOf);
	}

	@Query("""
			select c.id as cluster, c.name as clusterName, n as node
			from ClusterEntity c join c.nodes n
			where c.id in :clusterIds""")
	List<Membership> someMembershipsIn(Chunk<Long> clusterIds);

	default List<Membership> membershipsIn(Collection<Long> clusterIds) {
		return Chunk.collect(clusterIds, this::someMembershipsIn);
	}

	@Query("""
			select c.id as cluster, n.name as name
			from ClusterEntity c join c.nodes m join NodeEntity n on n.id = m
			where c.id in :clusterIds order by n.name""")
	List<NodeName> someNodeNamesIn(Chunk<Long> clusterIds);

	default List<NodeName> nodeNamesIn(Collection<Long> clusterIds) {
		return Chunk.collect(clusterIds, this::someNodeNamesIn);
	}

	/** That a node is in a cluster. */
	interface Membership {

		long getCluster();

		String getClusterName();

		long getNode();

	}

	/** The name of a node in a cluster. */
	interface NodeName {

		long getCluster();

		String getName();

	}

}
