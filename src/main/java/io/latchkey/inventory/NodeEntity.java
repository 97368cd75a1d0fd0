package io.latchkey.inventory;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.latchkey.core.NamedEntity;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "node")
class NodeEntity extends NamedEntity {

	/** The field, as it is told of a change. */
	static final String MANAGEMENT_KEY = "managementKey";

	private String address;

	private int port;

	private String managementAccount;

	@Enumerated(EnumType.STRING)
	private Privilege privilege;

	@Enumerated(EnumType.STRING)
	private Mode mode;

	private boolean enrolled;

	private boolean legacyAlgorithms;

	@Enumerated(EnumType.STRING)
	private ManagementKeyKind managementKey;

	private @Nullable Long jumpNodeId;

	@ElementCollection
	@CollectionTable(name = "node_label", joinColumns = @JoinColumn(name = "node_id"))
	@MapKeyColumn(name = "label")
	@Column(name = "label_value")
	private Map<String, String> labels = new HashMap<>();

	/** The pinned keys by their fingerprints. */
	@ElementCollection
	@CollectionTable(name = "node_host_key", joinColumns = @JoinColumn(name = "node_id"))
	@MapKeyColumn(name = "fingerprint")
	@Column(name = "public_key")
	private Map<String, String> hostKeys = new HashMap<>();

	@SuppressWarnings("NullAway.Init")
	protected NodeEntity() {
	}

	NodeEntity(NodeDraft draft, @Nullable NodeId jump) {
		super(draft.name());
		this.address = draft.address();
		this.port = draft.port();
		this.managementAccount = draft.managementAccount();
		this.privilege = draft.privilege();
		this.mode = draft.mode();
		this.labels.putAll(draft.labels());
		this.legacyAlgorithms = draft.passage().legacyAlgorithms();
		this.managementKey = Objects.requireNonNullElse(draft.managementKey(), ManagementKeyKind.USUAL);
		this.jumpNodeId = valueOf(jump);
	}

	/** Returns the names of the fields that are different now. */
	List<String> change(NodeDraft draft, @Nullable NodeId jump) {
		List<String> fields = differences(draft, jump);
		this.address = draft.address();
		this.port = draft.port();
		this.managementAccount = draft.managementAccount();
		this.privilege = draft.privilege();
		this.mode = draft.mode();
		this.legacyAlgorithms = draft.passage().legacyAlgorithms();
		this.managementKey = Objects.requireNonNullElse(draft.managementKey(), this.managementKey);
		this.jumpNodeId = valueOf(jump);
		if (fields.contains("labels")) {
			this.labels.clear();
			this.labels.putAll(draft.labels());
		}
		if (!fields.isEmpty()) {
			touch();
		}
		return fields;
	}

	private List<String> differences(NodeDraft draft, @Nullable NodeId jump) {
		Map<String, Boolean> same = new LinkedHashMap<>();
		same.put("address", this.address.equals(draft.address()));
		same.put("port", this.port == draft.port());
		same.put("managementAccount", this.managementAccount.equals(draft.managementAccount()));
		same.put("privilege", this.privilege == draft.privilege());
		same.put("mode", this.mode == draft.mode());
		same.put("labels", this.labels.equals(draft.labels()));
		same.put("legacyAlgorithms", this.legacyAlgorithms == draft.passage().legacyAlgorithms());
		same.put(MANAGEMENT_KEY, draft.managementKey() == null || this.managementKey == draft.managementKey());
		same.put("jumpNode", Objects.equals(this.jumpNodeId, valueOf(jump)));
		return same.entrySet().stream().filter((entry) -> !entry.getValue()).map(Map.Entry::getKey).toList();
	}

	/** Whether it is known by host keys, and by none of these. */
	boolean isKnownByOthersThan(List<HostKey> keys) {
		return !this.hostKeys.isEmpty()
				&& keys.stream().noneMatch((key) -> this.hostKeys.containsKey(key.key().fingerprint().value()));
	}

	/** The fingerprints by which it is known. */
	List<String> fingerprints() {
		return this.hostKeys.keySet().stream().sorted().toList();
	}

	boolean isKnownBy(List<HostKey> keys) {
		return this.hostKeys.equals(pins(keys));
	}

	private static Map<String, String> pins(List<HostKey> keys) {
		return keys.stream()
			.collect(Collectors.toMap((key) -> key.key().fingerprint().value(), (key) -> key.key().render(),
					(first, second) -> first));
	}

	/** Returns whether they are others than before. */
	boolean pin(List<HostKey> keys) {
		Map<String, String> pins = pins(keys);
		if (this.hostKeys.equals(pins)) {
			return false;
		}
		this.hostKeys.clear();
		this.hostKeys.putAll(pins);
		touch();
		return true;
	}

	/** Returns whether it was let in by another before. */
	boolean letInBy(ManagementKeyKind kind) {
		if (this.managementKey == kind) {
			return false;
		}
		this.managementKey = kind;
		touch();
		return true;
	}

	/** Returns whether it was not before. */
	boolean enrol() {
		if (this.enrolled) {
			return false;
		}
		this.enrolled = true;
		touch();
		return true;
	}

	NodeId id() {
		return new NodeId(key());
	}

	String address() {
		return this.address;
	}

	int port() {
		return this.port;
	}

	/** The node by which it is reached; null when there is none. */
	@Nullable NodeId jump() {
		return (this.jumpNodeId != null) ? new NodeId(this.jumpNodeId) : null;
	}

	private static @Nullable Long valueOf(@Nullable NodeId id) {
		return (id != null) ? id.value() : null;
	}

	Node toNode(Map<String, String> labels, List<String> clusters, List<HostKey> hostKeys, @Nullable Node jump) {
		return new Node(id(), name(), new Node.Route(this.address, this.port, this.legacyAlgorithms, jump),
				new Node.Management(this.managementAccount, this.privilege, this.mode, this.managementKey), labels,
				clusters, hostKeys, this.enrolled, version());
	}

}
