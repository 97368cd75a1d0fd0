package io.latchkey.inventory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.latchkey.core.Chunk;
import io.latchkey.core.NamedKind;
import io.latchkey.core.NamedRows;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.UniqueConstraint;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;

interface NodeRepository extends JpaRepository<NodeEntity, Long>, NamedRows<NodeEntity> {

	NamedKind KIND = new NamedKind("node", new UniqueConstraint("uq_node_name"));

	/**
	 * @throws NotFoundException when there is none
	 */
	default NodeEntity lock(NodeId id) {
		return lockAll(List.of(id.value())).stream().findFirst().orElseThrow(() -> KIND.notFound("#" + id.value()));
	}

	List<NodeEntity> findByIdInOrderByName(Chunk<Long> ids);

	default List<NodeEntity> allByName(Collection<Long> ids) {
		return Chunk.collect(ids, this::findByIdInOrderByName)
			.stream()
			.sorted(Comparator.comparing(NodeEntity::name))
			.toList();
	}

	@Query("""
			select n from NodeEntity n
			where lower(n.name) like :pattern escape '!' or lower(n.address) like :pattern escape '!'""")
	Page<NodeEntity> search(String pattern, Pageable page);

	@Query("""
			select n from NodeEntity n
			where (lower(n.name) like :pattern escape '!' or lower(n.address) like :pattern escape '!')
			and n.id in (select m from ClusterEntity c join c.nodes m where c.id = :clusterId)""")
	Page<NodeEntity> searchIn(long clusterId, String pattern, Pageable page);

	@Query("select distinct n from NodeEntity n join n.hostKeys k where key(k) in :fingerprints order by n.name")
	List<NodeEntity> someKnownBy(Chunk<String> fingerprints);

	default List<NodeEntity> knownBy(Collection<String> fingerprints) {
		return Chunk.collect(fingerprints, this::someKnownBy)
			.stream()
			.distinct()
			.sorted(Comparator.comparing(NodeEntity::name))
			.toList();
	}

	@Query("""
			select n from NodeEntity n
			where lower(n.address) = :address and n.port = :port and n.jumpNodeId is null order by n.name""")
	List<NodeEntity> at(String address, int port);

	@Query("select n.name from NodeEntity n where n.jumpNodeId = :id order by n.name")
	List<String> behind(long id);

	@Query("select n.id from NodeEntity n order by n.id")
	List<Long> allIds();

	/** Plain SQL, as a query that takes a list is translated anew each time. */
	@NativeQuery("""
			select node_id as "node", label as "key", label_value as "value" from node_label
			where node_id in (:ids)""")
	List<Property> someLabelsOf(Chunk<Long> ids);

	default List<Property> labelsOf(Collection<Long> ids) {
		return Chunk.collect(ids, this::someLabelsOf);
	}

	@NativeQuery("""
			select node_id as "node", fingerprint as "key", public_key as "value" from node_host_key
			where node_id in (:ids) order by fingerprint""")
	List<Property> someHostKeysOf(Chunk<Long> ids);

	default List<Property> hostKeysOf(Collection<Long> ids) {
		return Chunk.collect(ids, this::someHostKeysOf);
	}

	/** A label or a pinned key of a node. */
	interface Property {

		long getNode();

		String getKey();

		String getValue();

	}

}
