package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.latchkey.Patience;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.KeyRotation;
import io.latchkey.managementkeys.KeyRotationUnderWayException;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The management key is rotated on a real node, whatever the node does meanwhile. */
class KeyRotationSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1);

	@Autowired
	private KeyRotations rotations;

	@Autowired
	private HostKeyPins pins;

	@Autowired
	private ManagementKeys keys;

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void begin() {
		sshd().authorize("root");
	}

	/** A rotation waits for each node that another test has left. */
	@AfterEach
	void endTheRotation() {
		sshd().configure();
		sshd().restart();
		forgetTheNodes();
		assertThat(this.rotations.underWay()).isEmpty();
	}

	@Test
	void theNewLineTakesTheOldOnesPlaceAndForeignLinesStay() {
		SshKeyPair alice = SshKeys.generate();
		sshd().authorize("root", "# by hand", SshKeys.generate().publicKey() + " foreign");
		Node node = enrolledNode(Mode.ADDITIVE);
		settled(grant(identityWith(alice), node, "root", null));
		String before = this.keys.authorizedKeysLine();
		String file = file("root");
		assertThat(file).contains(before);

		this.rotations.start();
		until(() -> this.rotations.underWay().isEmpty());

		String after = this.keys.authorizedKeysLine();
		assertThat(after).isNotEqualTo(before);
		assertThat(file("root")).isEqualTo(file.replace(before, after));
		assertThat(usual()).hasSize(1);
		assertThat(this.jdbc.sql("select count(*) from management_key where kind = 'USUAL'").query(Long.class).single())
			.isOne();
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(ssh().letsIn("root", alice)).isTrue();
	}

	@Test
	void aNodeThatIsAwayKeepsTheOldLineUntilItComes() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		sshd().stop();
		this.rotations.start();
		until(() -> standing(node) == KeyRotation.Standing.AWAY);
		assertThat(usual()).hasSize(2);
		assertThatExceptionOfType(KeyRotationUnderWayException.class).isThrownBy(this.rotations::start);
		assertThat(usual()).hasSize(2);

		sshd().start();
		check(node);
		until(() -> this.rotations.underWay().isEmpty());
		assertThat(keysOf(file("root"))).containsExactly(this.keys.publicKey().render());
	}

	@Test
	void aNodeThatRefusesTheNewKeyKeepsTheOldLineAndSaysSo(@TempDir Path folder) throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		String file = file("root");
		sshd().stop();
		this.rotations.start();
		Path revoked = Files.writeString(folder.resolve("revoked"), this.keys.publicKey().render() + "\n");
		sshd().configure("RevokedKeys " + revoked);
		sshd().start();
		check(node);
		until(() -> standing(node) == KeyRotation.Standing.FAILED);
		assertThat(this.rotations.underWay().orElseThrow().nodes()).singleElement()
			.extracting(KeyRotation.Node::detail)
			.asString()
			.contains("was not let in");
		assertThat(file("root")).contains(file.strip());

		Files.writeString(revoked, SshKeys.generate().publicKey() + "\n");
		check(node);
		until(() -> this.rotations.underWay().isEmpty());
		assertThat(keysOf(file("root"))).containsExactly(this.keys.publicKey().render());
	}

	@Test
	void anObservedNodeIsToldApartAndMovesWhenItsModeIsAnother() {
		Node node = enrolledNode(Mode.OBSERVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		String file = file("root");
		this.rotations.start();
		until(() -> standing(node) == KeyRotation.Standing.OBSERVED);
		check(node);
		assertThat(file("root")).isEqualTo(file);
		switchTo(node, Mode.ADDITIVE);
		until(() -> this.rotations.underWay().isEmpty());
		assertThat(keysOf(file("root"))).containsExactly(this.keys.publicKey().render());
	}

	@Test
	void aNodeThatIsDeletedIsNotWaitedFor() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		sshd().stop();
		this.rotations.start();
		until(() -> standing(node) == KeyRotation.Standing.AWAY);
		this.nodes.delete(node.name());
		assertThat(this.rotations.underWay()).isEmpty();
		assertThat(usual()).hasSize(1);
	}

	@Test
	void aNodeThatIsEnrolledMeanwhileGetsTheNewestAlone() throws Exception {
		Node away = add(
				new NodeDraft("rotation-away", "127.0.0.1", 1, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.pins.pin(away.id(), List.of(new HostKey(PublicKeyText.parse(sshd().hostKeys().get(0)).key())));
		this.nodes.markEnrolled(away.id());
		this.rotations.start();
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), Patience.of(Duration.ofSeconds(20)));
		assertThat(keysOf(file("root"))).containsExactly(this.keys.publicKey().render());
		assertThat(this.rotations.underWay().orElseThrow().nodes()).extracting(KeyRotation.Node::name)
			.containsExactly("rotation-away");
	}

	/** Other tests may have needed other kinds. */
	private List<ManagementKey> usual() {
		return this.keys.all().stream().filter((key) -> key.kind() == ManagementKeyKind.USUAL).toList();
	}

	private KeyRotation.Standing standing(Node node) {
		return this.rotations.underWay()
			.stream()
			.flatMap((rotation) -> rotation.nodes().stream())
			.filter((each) -> each.name().equals(node.name()))
			.map(KeyRotation.Node::standing)
			.findFirst()
			.orElse(null);
	}

	/** Without Latchkey's other lines. */
	private List<String> keysOf(String file) {
		return file.lines()
			.filter((line) -> line.endsWith(" latchkey"))
			.map((line) -> line.substring(0, line.lastIndexOf(' ')))
			.toList();
	}

}
