package io.latchkey.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
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
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * The nodes and their pinned host keys.
 */
@Service
@Transactional
public class Nodes {

	/** How many jump nodes may lie before a node. */
	public static final int MOST_JUMPS = JumpNodes.MOST;

	private static final NamedKind KIND = new NamedKind("node", new UniqueConstraint("uq_node_name"));

	private static final Sorting SORTING = Sorting.by("name", "address", "port", "managementAccount", "privilege",
			"mode");

	private final NodeRepository nodes;

	private final NodeReader reader;

	private final ClusterRepository clusters;

	private final JumpNodes jumpNodes;

	private final FormerHostKeyRepository former;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	Nodes(NodeRepository nodes, NodeReader reader, ClusterRepository clusters, JumpNodes jumpNodes,
			FormerHostKeyRepository former, CurrentActor actor, ApplicationEventPublisher events) {
		this.nodes = nodes;
		this.reader = reader;
		this.clusters = clusters;
		this.jumpNodes = jumpNodes;
		this.former = former;
		this.actor = actor;
		this.events = events;
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
		return add(draft);
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
		KIND.checkVersion(draft.name(), existing.map(NodeEntity::version), expectedVersion);
		return Saved.of(existing, (entity) -> replace(entity, draft), () -> add(draft));
	}

	/**
	 * Leaves all else as it is.
	 * @throws NotFoundException when there is none
	 */
	public Node changeMode(String name, Mode mode) {
		NodeEntity entity = this.nodes.lockByName(name).orElseThrow(() -> KIND.notFound(name));
		Node node = this.reader.read(entity);
		return replace(entity, new NodeDraft(node.name(), node.address(), node.port(), node.managementAccount(),
				node.privilege(), mode, node.labels(), node.legacyAlgorithms(), node.managementKey(), node.jumpNode()));
	}

	private Node add(NodeDraft draft) {
		KIND.checkIsFree(draft.name(), this.nodes.findByName(draft.name()));
		NodeEntity added = new NodeEntity(draft, this.jumpNodes.resolve(draft.name(), draft.jumpNode()));
		NodeEntity entity = KIND.inserted(draft.name(), () -> this.nodes.saveAndFlush(added));
		publish(new NodeAdded(entity.id(), entity.name(), draft.address(), draft.port(), draft.legacyAlgorithms()));
		return this.reader.read(entity);
	}

	private Node replace(NodeEntity entity, NodeDraft draft) {
		String address = entity.address();
		int port = entity.port();
		if (!address.equals(draft.address()) || port != draft.port()) {
			checkMayMove(entity, draft);
		}
		List<String> fields = entity.change(draft, this.jumpNodes.resolve(draft.name(), draft.jumpNode()));
		if (fields.contains("address") || fields.contains("port")) {
			this.former.remember(entity.name(), address, port, entity.fingerprints());
		}
		if (!fields.isEmpty()) {
			publish(new NodeChanged(entity.id(), entity.name(), fields));
		}
		return this.reader.read(entity);
	}

	/** Who was known by other keys there would otherwise be replaced from elsewhere. */
	private void checkMayMove(NodeEntity entity, NodeDraft draft) {
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

	/**
	 * Removes it and its memberships. When there is none, nothing happens. By which host
	 * keys it was known is remembered: another node of its name, or at its address, needs
	 * an admin to be known by others.
	 * @throws JumpNodeInUseException when others are reached through it
	 */
	public void delete(String name) {
		Optional<NodeId> id = this.nodes.findByName(name).map(NodeEntity::id);
		if (id.isEmpty()) {
			return;
		}
		List<ClusterEntity> left = this.clusters.lockAllWith(id.get().value());
		this.nodes.lockByName(name).ifPresent((entity) -> delete(entity, left));
	}

	private void delete(NodeEntity entity, List<ClusterEntity> left) {
		this.jumpNodes.checkUnused(entity);
		left.forEach((cluster) -> {
			cluster.remove(entity.id());
			cluster.touch();
		});
		List<String> fingerprints = entity.fingerprints();
		this.former.remember(entity.name(), entity.address(), entity.port(), fingerprints);
		this.nodes.delete(entity);
		publish(new NodeRemoved(entity.id(), entity.name(),
				left.stream().map(ClusterEntity::id).collect(toUnmodifiableSet()), fingerprints));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Node get(String name) {
		return find(name).orElseThrow(() -> KIND.notFound(name));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Node get(NodeId id) {
		return this.nodes.findById(id.value())
			.map(this.reader::read)
			.orElseThrow(() -> KIND.notFound("#" + id.value()));
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
		String pattern = SearchText.pattern(query);
		Pageable sorted = SORTING.apply(page);
		if (cluster == null) {
			return this.reader.read(this.nodes.search(pattern, sorted));
		}
		return this.clusters.findByName(cluster)
			.map((entity) -> this.reader.read(this.nodes.searchIn(entity.id().value(), pattern, sorted)))
			.orElseThrow(() -> new InvalidInputException(Fault.of("cluster", "cluster.unknown", cluster)));
	}

	/** Those that there are, by name. */
	@Transactional(readOnly = true)
	public List<Node> all(Collection<NodeId> ids) {
		return this.reader.read(this.nodes.allByName(values(ids)));
	}

	/** Those of these names that there are, by name. */
	@Transactional(readOnly = true)
	public List<Node> named(Collection<String> names) {
		return this.reader.read(this.nodes.allByName(this.nodes.idsOf(names).stream().map(IdAndName::getId).toList()));
	}

	/** Those for which one of these host keys is pinned, by name. */
	@Transactional(readOnly = true)
	public List<Node> knownBy(Collection<HostKey> keys) {
		return this.reader
			.read(this.nodes.knownBy(keys.stream().map((key) -> key.key().fingerprint().value()).toList()));
	}

	/** Those at that address and port that are reached without a jump, by name. */
	@Transactional(readOnly = true)
	public List<Node> at(String address, int port) {
		return this.reader.read(this.nodes.at(address.toLowerCase(Locale.ROOT), port));
	}

	/**
	 * Pins the host keys, in place of any pinned before.
	 * @throws FormerHostKeysException when the name or the address was known by others
	 * before, and the actor is no admin
	 */
	public void pinHostKeys(NodeId id, List<HostKey> keys) {
		NodeEntity entity = lock(id);
		boolean first = entity.fingerprints().isEmpty();
		boolean replaced = entity.isKnownByOthersThan(keys);
		if (first && !formerOthers(entity, keys).isEmpty()) {
			requireAdmin(entity, keys);
			this.former.forget(entity.name(), entity.address(), entity.port());
			replaced = true;
		}
		pin(entity, keys, replaced ? HostKeysPinned.Occasion.REPLACED : HostKeysPinned.Occasion.CONFIRMED);
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

	/** By which host keys names and addresses were known that are nobody's by now. */
	@Transactional(readOnly = true)
	public FormerPins formerPins() {
		return this.former.all();
	}

	/** The same for the name and the address of one node. */
	@Transactional(readOnly = true)
	public FormerPins formerPins(String name, String address, int port) {
		return this.former.of(name, address, port);
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
	public void renewHostKeys(Node known, List<HostKey> keys) {
		this.nodes.lockAll(Set.of(known.id().value()))
			.stream()
			.filter((entity) -> entity.isKnownBy(known.hostKeys()))
			.forEach((entity) -> pin(entity, keys, HostKeysPinned.Occasion.VOUCHED));
	}

	/**
	 * Notes that the management key is let in.
	 */
	public void markEnrolled(NodeId id) {
		NodeEntity entity = lock(id);
		if (entity.enrol()) {
			publish(new NodeEnrolled(id, entity.name()));
		}
	}

	/**
	 * Notes by which of Latchkey's own keys it lets it in.
	 */
	public void noteManagementKey(NodeId id, ManagementKeyKind kind) {
		NodeEntity entity = lock(id);
		if (entity.letInBy(kind)) {
			publish(new NodeChanged(id, entity.name(), List.of(NodeEntity.MANAGEMENT_KEY)));
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
	 * Holds it as it is until the transaction ends: nobody changes it in between. Empty
	 * when there is none.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<NodeId> hold(String name) {
		return this.nodes.lockByName(name).map(NodeEntity::id);
	}

	private NodeEntity lock(NodeId id) {
		return this.nodes.lockAll(Set.of(id.value()))
			.stream()
			.findFirst()
			.orElseThrow(() -> KIND.notFound("#" + id.value()));
	}

	/** Listeners see the change, with whatever they read it. */
	private void publish(AuditableEvent event) {
		this.nodes.flush();
		this.events.publishEvent(event);
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public NodeId idOf(String name) {
		return this.nodes.findByName(name).orElseThrow(() -> KIND.notFound(name)).id();
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

	private static List<Long> values(Collection<NodeId> ids) {
		return ids.stream().map(NodeId::value).toList();
	}

}
