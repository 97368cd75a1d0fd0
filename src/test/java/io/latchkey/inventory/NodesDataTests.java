package io.latchkey.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.DataTest;
import io.latchkey.SampleKeys;
import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@DataTest
@RecordApplicationEvents
class NodesDataTests {

	private static final PageRequest PAGE = PageRequest.of(0, 10);

	@Autowired
	Nodes nodes;

	@Autowired
	HostKeyPins pins;

	@Autowired
	Clusters clusters;

	@Autowired
	ApplicationEvents events;

	@Test
	void keepsWhatItIsGiven() {
		NodeDraft draft = new NodeDraft("web1", "web1.example.org", 2222, "latchkey", Privilege.SUDO, Mode.ADDITIVE,
				Map.of("env", "prod", "rack", ""));
		NodeId id = this.nodes.create(draft).id();
		Node web1 = this.nodes.get("web1");
		assertThat(web1).isEqualTo(new Node(id, "web1", new Node.Route("web1.example.org", 2222, false, null),
				new Node.Management("latchkey", Privilege.SUDO, Mode.ADDITIVE, ManagementKeyKind.USUAL), draft.labels(),
				List.of(), List.of(), false, web1.version()));
		assertThat(this.nodes.get(id)).isEqualTo(web1);
		assertThat(this.nodes.find("web1")).contains(web1);
		assertThat(published()).containsExactly("node.added node:web1 web1.example.org port 2222");
	}

	@Test
	void recordsThatLegacyAlgorithmsAreAllowed() {
		NodeDraft modern = draft("web1", "web1", 22);
		NodeDraft legacy = new NodeDraft("web1", "web1", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of(), null,
				new NodeDraft.Passage(true, null));
		assertThat(this.nodes.create(modern).route().legacyAlgorithms()).isFalse();
		assertThat(this.nodes.put(legacy, null).value().route().legacyAlgorithms()).isTrue();
		assertThat(this.nodes.get("web1").route().legacyAlgorithms()).isTrue();
		this.nodes.delete("web1");
		this.nodes.create(legacy);
		assertThat(published()).contains("node.changed node:web1 legacyAlgorithms",
				"node.added node:web1 web1 port 22, legacy algorithms");
	}

	@Test
	void knowsTheWayThroughJumpNodes() {
		this.nodes.create(draft("gate", "gate", 22));
		this.nodes.create(behind("inner", "gate"));
		this.nodes.create(behind("web1", "inner"));
		Node web1 = this.nodes.get("web1");
		assertThat(web1.route().jumpNode()).isEqualTo("inner");
		assertThat(web1.route().jump()).extracting((node) -> node.route().jumpNode()).isEqualTo("gate");
		assertThat(web1.route().jumps()).isEqualTo("gate,inner");
		assertThat(this.nodes.list(null, null, PageRequest.of(0, 10)).map((node) -> node.route().jumpNode()))
			.containsExactly(null, "gate", "inner");
		this.nodes.put(draft("web1", "web1", 22), null);
		assertThat(this.nodes.get("web1").route().jump()).isNull();
		assertThat(published()).contains("node.changed node:web1 jumpNode");
	}

	@Test
	void refusesAWayThatLeadsBackOrIsTooLong() {
		this.nodes.create(draft("gate", "gate", 22));
		this.nodes.create(behind("inner", "gate"));
		assertThat(faultOf(() -> this.nodes.put(behind("gate", "inner"), null)))
			.isEqualTo(Fault.of("jumpNode", "jump-node.circle", "gate"));
		assertThat(faultOf(() -> this.nodes.create(behind("web1", "web1"))))
			.isEqualTo(Fault.of("jumpNode", "node.unknown", "web1"));
		String last = "inner";
		for (int i = 0; i < 6; i++) {
			last = this.nodes.create(behind("inner" + i, last)).name();
		}
		String eighth = last;
		this.nodes.create(behind("web1", eighth));
		assertThat(faultOf(() -> this.nodes.create(behind("web2", "web1"))))
			.isEqualTo(Fault.of("jumpNode", "jump-node.far", 8));
	}

	@Test
	void keepsAJumpNodeThatIsInUse() {
		this.nodes.create(draft("gate", "gate", 22));
		this.nodes.create(behind("web1", "gate"));
		assertThatExceptionOfType(JumpNodeInUseException.class).isThrownBy(() -> this.nodes.delete("gate"))
			.satisfies((ex) -> assertThat(ex.behind()).containsExactly("web1"));
		this.nodes.delete("web1");
		this.nodes.delete("gate");
		assertThat(this.nodes.find("gate")).isEmpty();
	}

	private static NodeDraft behind(String name, String jumpNode) {
		return new NodeDraft(name, name, 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of(), null,
				new NodeDraft.Passage(false, jumpNode));
	}

	private static Fault faultOf(ThrowingCallable call) {
		return catchThrowableOfType(InvalidInputException.class, call).faults().get(0);
	}

	@Test
	void tellsAllFaultsAtOnce() {
		NodeDraft draft = new NodeDraft("Web 1", "http://web1", 0, "no:way", Privilege.ROOT, Mode.OBSERVE,
				Map.of("a b", "c"));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.nodes.create(draft))
			.satisfies((ex) -> assertThat(ex.faults()).containsExactly(Fault.of("name", "name.malformed"),
					Fault.of("address", "address.malformed"), Fault.of("port", "port.range"),
					Fault.of("managementAccount", "account.malformed"), Fault.of("labels", "label.malformed", "a b")));
		assertThat(this.nodes.count()).isZero();
	}

	@Test
	void refusesANameInUse() {
		create("web1");
		assertThatExceptionOfType(NameInUseException.class).isThrownBy(() -> create("web1"));
	}

	@Test
	void anotherAddressKeepsPinsAndEnrolmentAndClusters() {
		NodeId id = create("web1").id();
		HostKey key = hostKey();
		this.pins.pin(id, List.of(key));
		this.nodes.markEnrolled(id);
		this.clusters.create("prod", null, List.of("web1"));
		Node moved = this.nodes.put(draft("web1", "10.0.0.7", 2022), null).value();
		assertThat(moved.route().address()).isEqualTo("10.0.0.7");
		assertThat(moved.hostKeys()).containsExactly(key);
		assertThat(moved.enrolled()).isTrue();
		assertThat(moved.clusters()).containsExactly("prod");
		assertThat(published()).contains("node.changed node:web1 address, port");
	}

	@Test
	void replacesTheLabels() {
		create("web1");
		this.nodes.put(labelled(Map.of("env", "prod", "rack", "1")), null);
		assertThat(this.nodes.put(labelled(Map.of("env", "test")), null).value().labels())
			.isEqualTo(Map.of("env", "test"));
	}

	@Test
	void puttingTwiceChangesNothing() {
		Node first = this.nodes.put(labelled(Map.of("env", "prod")), null).value();
		assertThat(this.nodes.put(labelled(Map.of("env", "prod")), first.version()).value()).isEqualTo(first);
		assertThat(published()).hasSize(1);
	}

	@Test
	void refusesAChangeOfAnotherVersion() {
		long read = create("web1").version();
		this.clusters.create("prod", null, List.of("web1"));
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.nodes.put(draft("web1", "10.0.0.7", 22), read));
		assertThatExceptionOfType(VersionConflictException.class)
			.isThrownBy(() -> this.nodes.put(draft("web2", "10.0.0.7", 22), 0L));
	}

	@Test
	void pinsInPlaceOfThoseBefore() {
		NodeId id = create("web1").id();
		HostKey before = hostKey();
		HostKey after = hostKey();
		this.pins.pin(id, List.of(before));
		this.pins.pin(id, List.of(after));
		this.pins.pin(id, List.of(after, after));
		assertThat(this.nodes.get(id).hostKeys()).containsExactly(after);
		assertThat(this.events.stream(HostKeysPinned.class)).hasSize(2);
	}

	@Test
	void isEnrolledOnce() {
		NodeId id = create("web1").id();
		this.nodes.markEnrolled(id);
		this.nodes.markEnrolled(id);
		assertThat(this.nodes.get(id).enrolled()).isTrue();
		assertThat(this.events.stream(NodeEnrolled.class)).containsExactly(new NodeEnrolled(id, "web1"));
	}

	@Test
	void removingTakesItOutOfItsClusters() {
		NodeId id = this.nodes.create(labelled(Map.of("env", "prod"))).id();
		HostKey key = hostKey();
		this.pins.pin(id, List.of(key));
		ClusterId prod = this.clusters.create("prod", null, List.of("web1")).id();
		this.nodes.delete("web1");
		this.nodes.delete("web1");
		assertThat(this.events.stream(NodeRemoved.class))
			.containsExactly(new NodeRemoved(id, "web1", Set.of(prod), List.of(key.key().fingerprint().value())));
		assertThat(this.clusters.get("prod").nodes()).isEmpty();
		assertThat(this.nodes.find("web1")).isEmpty();
		assertThat(create("web1").id()).isNotEqualTo(id);
	}

	@Test
	void saysWhichIsNotThere() {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.nodes.get("web1"));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.nodes.get(new NodeId(-1)));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.nodes.markEnrolled(new NodeId(-1)));
	}

	@Test
	void listsByNameAddressAndCluster() {
		List.of("web2", "db1", "web1").forEach(this::create);
		this.clusters.create("prod", null, List.of("web1", "db1"));
		assertThat(this.nodes.list(null, null, PAGE)).extracting(Node::name).containsExactly("db1", "web1", "web2");
		assertThat(this.nodes.list("WEB", null, PAGE)).extracting(Node::name).containsExactly("web1", "web2");
		assertThat(this.nodes.list("web2.example", null, PAGE)).extracting(Node::name).containsExactly("web2");
		assertThat(this.nodes.list(null, "prod", PAGE)).extracting(Node::name).containsExactly("db1", "web1");
		assertThat(this.nodes.list("web", "prod", PAGE)).extracting(Node::clusters).containsExactly(List.of("prod"));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.nodes.list(null, "nowhere", PAGE));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.nodes.list(null, null, PageRequest.of(0, 10, Sort.by("id"))));
	}

	@Test
	void readsManyAtOnce() {
		NodeId web2 = create("web2").id();
		NodeId web1 = create("web1").id();
		assertThat(this.nodes.all(List.of(web2, web1, new NodeId(-1)))).extracting(Node::name)
			.containsExactly("web1", "web2");
		assertThat(this.nodes.all(List.of())).isEmpty();
		assertThat(this.nodes.allIds()).containsExactly(web2, web1);
		assertThat(this.nodes.namesOf(List.of(web1))).isEqualTo(Map.of(web1, "web1"));
		assertThat(this.nodes.idOf("web2")).isEqualTo(web2);
		assertThat(this.nodes.count()).isEqualTo(2);
	}

	private Node create(String name) {
		return this.nodes.create(draft(name, name + ".example.org", 22));
	}

	private static NodeDraft draft(String name, String address, int port) {
		return new NodeDraft(name, address, port, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of());
	}

	private static NodeDraft labelled(Map<String, String> labels) {
		return new NodeDraft("web1", "web1", 22, "root", Privilege.ROOT, Mode.ADDITIVE, labels);
	}

	private static HostKey hostKey() {
		try {
			return new HostKey(PublicKey.parse(SampleKeys.ed25519()));
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<String> published() {
		return this.events.stream(AuditableEvent.class)
			.filter((event) -> event.subject().startsWith("node:"))
			.map((event) -> event.action() + ' ' + event.subject() + ' ' + event.detail())
			.toList();
	}

}
