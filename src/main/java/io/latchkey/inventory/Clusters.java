package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.DisplayName;
import io.latchkey.core.IdAndName;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NamedKind;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.Saved;
import io.latchkey.core.SearchText;
import io.latchkey.core.Sorting;
import io.latchkey.core.UniqueConstraint;
import io.latchkey.core.VersionConflictException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * The clusters and which nodes are in them.
 */
@Service
@Transactional
public class Clusters {

	private static final NamedKind KIND = new NamedKind("cluster", new UniqueConstraint("uq_cluster_name"));

	private static final Sorting SORTING = Sorting.by("name", "displayName");

	private final ClusterRepository clusters;

	private final ClusterReader reader;

	private final ClusterNodes membership;

	private final NodeRepository nodes;

	private final ApplicationEventPublisher events;

	Clusters(ClusterRepository clusters, ClusterReader reader, ClusterNodes membership, NodeRepository nodes,
			ApplicationEventPublisher events) {
		this.clusters = clusters;
		this.reader = reader;
		this.membership = membership;
		this.nodes = nodes;
		this.events = events;
	}

	/**
	 * @param nodes the names of nodes
	 * @throws NameInUseException when there is one of that name
	 */
	public Cluster create(String name, @Nullable String displayName, List<String> nodes) {
		String trimmed = DisplayName.check(name, displayName);
		return add(name, trimmed, this.membership.resolve(nodes));
	}

	/**
	 * Creates or replaces by name, nodes included.
	 * @throws VersionConflictException when it is not of the expected version
	 */
	public Saved<Cluster> put(String name, @Nullable String displayName, List<String> nodes,
			@Nullable Long expectedVersion) {
		String trimmed = DisplayName.check(name, displayName);
		Set<Long> resolved = this.membership.resolve(nodes);
		Optional<ClusterEntity> existing = this.clusters.lockByName(name);
		KIND.checkVersion(name, existing.map(ClusterEntity::version), expectedVersion);
		return Saved.of(existing, (entity) -> replace(entity, trimmed, resolved), () -> add(name, trimmed, resolved));
	}

	private Cluster add(String name, @Nullable String displayName, Set<Long> nodes) {
		KIND.checkIsFree(name, this.clusters.findByName(name));
		ClusterEntity entity = KIND.inserted(name,
				() -> this.clusters.saveAndFlush(new ClusterEntity(name, displayName)));
		this.events.publishEvent(new ClusterCreated(entity.id(), name));
		this.membership.replace(entity, nodes);
		return this.reader.read(entity);
	}

	private Cluster replace(ClusterEntity entity, @Nullable String displayName, Set<Long> nodes) {
		if (entity.rename(displayName)) {
			this.clusters.flush();
			this.events.publishEvent(new ClusterChanged(entity.id(), entity.name(), List.of("displayName")));
		}
		this.membership.replace(entity, nodes);
		return this.reader.read(entity);
	}

	/**
	 * Deletes it; its nodes stay. When there is none, nothing happens.
	 */
	public void delete(String name) {
		this.clusters.lockByName(name).ifPresent((entity) -> {
			Set<NodeId> left = entity.nodes();
			this.membership.release(entity);
			this.clusters.delete(entity);
			this.clusters.flush();
			this.events.publishEvent(new ClusterDeleted(entity.id(), name, left));
		});
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Cluster get(String name) {
		return this.clusters.findByName(name).map(this.reader::read).orElseThrow(() -> KIND.notFound(name));
	}

	/**
	 * Sorted by name unless the page says otherwise.
	 * @param query a part of the name or display name, or null for all
	 */
	@Transactional(readOnly = true)
	public Page<Cluster> list(@Nullable String query, Pageable page) {
		return this.reader.read(this.clusters.search(SearchText.pattern(query), SORTING.apply(page)));
	}

	/**
	 * @throws NotFoundException when there is no such cluster or node
	 */
	public Cluster addNode(String cluster, String node) {
		ClusterEntity entity = lock(cluster);
		long id = this.nodes.findByName(node).orElseThrow(() -> NodeRepository.KIND.notFound(node)).key();
		this.membership.add(entity, Set.of(id));
		return this.reader.read(entity);
	}

	/**
	 * Puts these in beside those that are in it.
	 * @throws NotFoundException when there is no such cluster
	 * @throws InvalidInputException with a fault for each node that there is not
	 */
	public Cluster addNodes(String cluster, Collection<String> nodes) {
		ClusterEntity entity = lock(cluster);
		this.membership.add(entity, this.membership.resolve(nodes));
		return this.reader.read(entity);
	}

	/**
	 * Takes a node out; when it is not in, nothing happens.
	 */
	public Cluster removeNode(String cluster, String node) {
		ClusterEntity entity = lock(cluster);
		this.nodes.findByName(node).ifPresent((member) -> this.membership.remove(entity, member.key()));
		return this.reader.read(entity);
	}

	/**
	 * Holds it as it is until the transaction ends: nobody changes which nodes are in it
	 * in between. Empty when there is none.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<ClusterId> hold(String name) {
		return this.clusters.lockByName(name).map(ClusterEntity::id);
	}

	/**
	 * Gives it another version, because something that belongs to it was changed. When
	 * there is none, nothing happens.
	 */
	public void touch(String name) {
		this.clusters.lockByName(name).ifPresent((entity) -> {
			entity.touch();
			this.clusters.flush();
		});
	}

	private ClusterEntity lock(String name) {
		return this.clusters.lockByName(name).orElseThrow(() -> KIND.notFound(name));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public ClusterId idOf(String name) {
		return this.clusters.findByName(name).orElseThrow(() -> KIND.notFound(name)).id();
	}

	/** The names of all. */
	@Transactional(readOnly = true)
	public Set<String> names() {
		return this.clusters.names();
	}

	/** The names of those that there are. */
	@Transactional(readOnly = true)
	public Map<ClusterId, String> namesOf(Collection<ClusterId> ids) {
		return this.clusters.namesOf(values(ids))
			.stream()
			.collect(toMap((named) -> new ClusterId(named.getId()), IdAndName::getName));
	}

	/** The nodes in these clusters; one without nodes is left out. */
	@Transactional(readOnly = true)
	public Map<ClusterId, Set<NodeId>> nodesOf(Collection<ClusterId> ids) {
		return this.clusters.membershipsIn(values(ids))
			.stream()
			.collect(groupingBy((membership) -> new ClusterId(membership.getCluster()),
					mapping((membership) -> new NodeId(membership.getNode()), toUnmodifiableSet())));
	}

	/** The clusters that a node is in. */
	@Transactional(readOnly = true)
	public Set<ClusterId> clustersOf(NodeId node) {
		return this.clusters.membershipsOf(List.of(node.value()))
			.stream()
			.map((membership) -> new ClusterId(membership.getCluster()))
			.collect(toUnmodifiableSet());
	}

	/** The clusters that these nodes are in; a node in none is left out. */
	@Transactional(readOnly = true)
	public Map<NodeId, Set<ClusterId>> clustersOf(Collection<NodeId> nodes) {
		return this.clusters.membershipsOf(nodes.stream().map(NodeId::value).toList())
			.stream()
			.collect(groupingBy((membership) -> new NodeId(membership.getNode()),
					mapping((membership) -> new ClusterId(membership.getCluster()), toUnmodifiableSet())));
	}

	private static List<Long> values(Collection<ClusterId> ids) {
		return ids.stream().map(ClusterId::value).toList();
	}

}
