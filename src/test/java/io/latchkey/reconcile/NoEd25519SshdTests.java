package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.diagnosis.TestLogins;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A real node that takes no Ed25519, as one in FIPS mode. */
class NoEd25519SshdTests extends JobOnSshd {

	private static final String[] FIPS = {
			"PubkeyAcceptedAlgorithms ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,rsa-sha2-256,rsa-sha2-512",
			"HostKeyAlgorithms ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,rsa-sha2-256,rsa-sha2-512",
			"KexAlgorithms ecdh-sha2-nistp256,ecdh-sha2-nistp384", "Ciphers aes256-gcm@openssh.com,aes256-ctr",
			"MACs hmac-sha2-256,hmac-sha2-512" };

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1);

	@Autowired
	private ManagementKeys keys;

	@Autowired
	private KeyRotations rotations;

	@Autowired
	private TestLogins testLogins;

	@Autowired
	private JdbcClient jdbc;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void takesNoEd25519() {
		configure(FIPS);
		sshd().authorize("root", "# by hand");
	}

	/** Each test shares the keys with all others. */
	@AfterEach
	void takesEd25519Again() {
		configure();
		forgetTheNodes();
		until(() -> this.rotations.underWay().isEmpty());
		this.jdbc.sql("delete from management_key where kind <> 'USUAL'").update();
	}

	@Test
	void isEnrolledByPasswordAndServedByAKeyThatItTakes() {
		Node node = enrol(addedNode(Mode.ADDITIVE), new Secret.Password(sshd().password().toCharArray()));
		assertThat(node.management().key()).isEqualTo(ManagementKeyKind.ECDSA_256);
		assertThat(node.hostKeys()).extracting((key) -> key.key().type()).contains("ecdsa-sha2-nistp256");
		assertThat(file("root")).isEqualTo("# by hand\n" + line(ManagementKeyKind.ECDSA_256) + "\n");

		SshKeyPair alice = SshKeys.generate("ecdsa");
		assertThat(settled(grant(identityWith(alice), node, "alice", null)).inPlace()).isOne();
		assertThat(ssh().letsIn("alice", alice)).isTrue();
		assertThat(this.testLogins.test(node.name(), "alice", null).keys()).singleElement()
			.satisfies((key) -> assertThat(key.accepted()).isTrue());
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void isEnrolledByTheKeyThatAPersonPutThere() {
		this.keys.require(ManagementKeyKind.RSA);
		this.keys.require(ManagementKeyKind.ECDSA_384);
		sshd().authorize("root", line(ManagementKeyKind.RSA));
		Node node = enrol(addedNode(Mode.ADDITIVE), new Secret.ManagementKey());
		assertThat(node.management().key()).isEqualTo(ManagementKeyKind.RSA);
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(file("root")).isEqualTo(line(ManagementKeyKind.RSA) + "\n");
	}

	@Test
	void isRotatedToAnotherKeyOfItsKind() {
		Node node = enrol(addedNode(Mode.ADDITIVE), new Secret.Password(sshd().password().toCharArray()));
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		ManagementKey before = this.keys.newest(ManagementKeyKind.ECDSA_256);
		this.rotations.start();
		until(() -> this.rotations.underWay().isEmpty());
		ManagementKey after = this.keys.newest(ManagementKeyKind.ECDSA_256);
		assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
		assertThat(file("root")).isEqualTo("# by hand\n" + line(ManagementKeyKind.ECDSA_256) + "\n");
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void movesToAnotherKindOnceALoginHasProvedIt() {
		Node node = enrol(addedNode(Mode.ADDITIVE), new Secret.Password(sshd().password().toCharArray()));
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		letIn(node, ManagementKeyKind.RSA);
		check(node);
		assertThat(file("root")).isEqualTo("# by hand\n" + line(ManagementKeyKind.RSA) + "\n");

		letIn(node, ManagementKeyKind.USUAL);
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().detail()).contains("was not let in");
		assertThat(file("root")).as("the line that lets in stays").contains(line(ManagementKeyKind.RSA));
		configure();
		check(node);
		until(() -> file("root").equals("# by hand\n" + line(ManagementKeyKind.USUAL) + "\n"));
	}

	private Node enrol(Node node, Secret secret) {
		Fingerprint shown = this.enrolments.hostKeysOf(node.name()).get(0).key().fingerprint();
		return this.enrolments.enrol(node.name(), new Enrolment(secret, null, shown));
	}

	private void letIn(Node node, ManagementKeyKind kind) {
		this.keys.require(kind);
		NodeDraft draft = draft(node.name(), node.management().mode());
		this.nodes.put(new NodeDraft(draft.name(), draft.address(), draft.port(), draft.managementAccount(),
				draft.privilege(), draft.mode(), draft.labels(), kind, new NodeDraft.Passage(false, null)), null);
	}

	private String line(ManagementKeyKind kind) {
		return this.keys.authorizedKeysLine(this.keys.newest(kind).publicKey());
	}

	private void configure(String... lines) {
		sshd().configure(lines);
		sshd().restart();
	}

}
