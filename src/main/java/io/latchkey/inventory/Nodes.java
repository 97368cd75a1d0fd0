package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Fault;
import io.latchkey.core.IdAndName;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.Saved;
import io.latchkey.core.VersionConflictException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static java.util.stream.Collectors.toMap;

/**
 * The nodes.
 */
@Service
@Transactional
public class Nodes {

	/** How many jump nodes may lie before a node. */
	public static final int MOST_JUMPS = JumpNodes.MOST;

	private final NodeRepository nodes;

	private final NodeReader reader;

	private final ClusterRepository clusters;

	private final JumpNodes jumpNodes;

	private final NodeWriter writer;

	Nodes(NodeRepository nodes, NodeReader reader, ClusterRepository clusters, JumpNodes jumpNodes, NodeWriter writer) {
		this.nodes = nodes;
		this.reader = reader;
		this.clusters = clusters;
		this.jumpNodes = jumpNodes;
		this.writer = writer;
	}

	/**
	 * What keeps the draft from being one of a node; not whether there is one already.
	 */
	public static List<Fault> faults(NodeDraft draft) {
		return NodeCheck.faults(draft);
	}

	/**
	 * @throws NameInUseException when there is one of that name
	 */
	public Node create(NodeDraft draft) {
		NodeCheck.check(draft);
		return this.writer.add(draft);
	}

	/**
	 * Creates or replaces by name; clusters, pinned host keys and enrolment stay. A
	 * changed address or port keeps the pins: another server shows itself by another key.
	 * @throws VersionConflictException when it is not of the expected version
	 * @throws FormerHostKeysException when it would move to where another was known by
	 * other host keys, and the actor is no admin
	 */
	public Saved<Node> put(NodeDraft draft, @Nullable Long expectedVersion) {
		NodeCheck.check(draft);
		Optional<NodeEntity> existing = this.nodes.lockByName(draft.name());
		NodeRepository.KIND.checkVersion(draft.name(), existing.map(NodeEntity::version), expectedVersion);
		return Saved.of(existing, (entity) -> this.writer.replace(entity, draft), () -> this.writer.add(draft));
	}

	/**
	 * Leaves all else as it is.
	 * @throws NotFoundException when there is none
	 */
	public Node changeMode(String name, Mode mode) {
		NodeEntity entity = this.nodes.lockByName(name).orElseThrow(() -> NodeRepository.KIND.notFound(name));
		Node node = this.reader.read(entity);
		return this.writer.replace(entity,
				new NodeDraft(node.name(), node.route().address(), node.route().port(), node.management().account(),
						node.management().privilege(), mode, node.labels(), node.management().key(),
						new NodeDraft.Passage(node.route().legacyAlgorithms(), node.route().jumpNode())));
	}

	/**
	 * Removes it and its memberships. When there is none, nothing happens. By which host
	 * keys it was known is remembered: another node of its name, or at its address, needs
	 * an admin to be known by others.
	 * @throws JumpNodeInUseException when others are reached through it
	 */
	public void delete(String name) {
		List<ClusterEntity> left = lockClustersOf(name);
		this.nodes.lockByName(name).ifPresent((entity) -> this.writer.delete(entity, left));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Node get(String name) {
		return find(name).orElseThrow(() -> NodeRepository.KIND.notFound(name));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Node get(NodeId id) {
		return this.nodes.findById(id.value())
			.map(this.reader::read)
			.orElseThrow(() -> NodeRepository.KIND.notFound("#" + id.value()));
	}

	@Transactional(readOnly = true)
	public Optional<Node> find(String name) {
		return this.nodes.findByName(name).map(this.reader::read);
	}

	/**
	 * Sorted by name unless the page says otherwise.
	 * @param query a part of the name or address, or null for all
	 * @param cluster the cluster that they are in, or null for any
	 */
	@Transactional(readOnly = true)
	public Page<Node> list(@Nullable String query, @Nullable String cluster, Pageable page) {
		return this.reader.search(query, cluster, page);
	}

	/** Those that there are, by name. */
	@Transactional(readOnly = true)
	public List<Node> all(Collection<NodeId> ids) {
		return this.reader.readAll(this.nodes.allByName(values(ids)));
	}

	/** Those of these names that there are, by name. */
	@Transactional(readOnly = true)
	public List<Node> named(Collection<String> names) {
		return this.reader
			.readAll(this.nodes.allByName(this.nodes.idsOf(names).stream().map(IdAndName::getId).toList()));
	}

	/** Those at that address and port that are reached without a jump, by name. */
	@Transactional(readOnly = true)
	public List<Node> at(String address, int port) {
		return this.reader.readAll(this.nodes.at(address.toLowerCase(Locale.ROOT), port));
	}

	/**
	 * Notes that the management key is let in.
	 */
	public void markEnrolled(NodeId id) {
		NodeEntity entity = this.nodes.lock(id);
		if (entity.enrol()) {
			this.writer.publish(new NodeEnrolled(id, entity.name()));
		}
	}

	/**
	 * Notes by which of Latchkey's own keys it lets it in.
	 */
	public void noteManagementKey(NodeId id, ManagementKeyKind kind) {
		NodeEntity entity = this.nodes.lock(id);
		if (entity.letInBy(kind)) {
			this.writer.publish(new NodeChanged(id, entity.name(), List.of(NodeEntity.MANAGEMENT_KEY)));
		}
	}

	/**
	 * @throws JumpNodeInUseException when others are reached through it
	 */
	@Transactional(readOnly = true)
	public void requireNoneBehind(String name) {
		this.nodes.findByName(name).ifPresent(this.jumpNodes::checkUnused);
	}

	/**
	 * Holds it and its clusters as they are until the transaction ends: nobody changes
	 * them in between. Empty when there is none.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<NodeId> hold(String name) {
		lockClustersOf(name);
		return this.nodes.lockByName(name).map(NodeEntity::id);
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public NodeId idOf(String name) {
		return this.nodes.findByName(name).orElseThrow(() -> NodeRepository.KIND.notFound(name)).id();
	}

	/** The names of those that there are. */
	@Transactional(readOnly = true)
	public Map<NodeId, String> namesOf(Collection<NodeId> ids) {
		return this.nodes.namesOf(values(ids))
			.stream()
			.collect(toMap((named) -> new NodeId(named.getId()), IdAndName::getName));
	}

	@Transactional(readOnly = true)
	public List<NodeId> allIds() {
		return this.nodes.allIds().stream().map(NodeId::new).toList();
	}

	@Transactional(readOnly = true)
	public long count() {
		return this.nodes.count();
	}

	/** Before the node itself, as whoever changes a cluster does. */
	private List<ClusterEntity> lockClustersOf(String name) {
		return this.nodes.idsOf(List.of(name))
			.stream()
			.flatMap((node) -> this.clusters.lockAllWith(node.getId()).stream())
			.toList();
	}

	private static List<Long> values(Collection<NodeId> ids) {
		return ids.stream().map(NodeId::value).toList();
	}

}
