package io.latchkey.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import com.sun.management.OperatingSystemMXBean;
import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.core.InvalidInputException;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes behind jump nodes, and the first login by a person's private key.
 */
@ApplicationTest
class JumpNodesSshdTests extends JobOnSshd {

	@Autowired
	HostKeyPins pins;

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(3).withOwnAccounts();

	private static final SshKeyPair KEY = SshKeys.generate();

	@Override
	SshdNode sshd() {
		return SSHD.get(2);
	}

	@Test
	void keepsANodeBehindTwoOthersRight() throws IOException {
		enrol(SSHD.get(0), "jump-gate", null);
		enrol(SSHD.get(1), "jump-inner", "jump-gate");
		Node target = enrol(SSHD.get(2), "jump-target", "jump-inner");
		settled(grant(identityWith(KEY), target, "deploy", Duration.ofHours(1)));
		assertThat(Ssh.to(SSHD.get(2)).letsIn("deploy", KEY)).isTrue();
		assertThat(this.nodeStates.of(target.id()).state()).isEqualTo(NodeState.IN_SYNC);

		String way = Objects.requireNonNull(this.nodes.get(target.id()).route().jumps());
		assertThat(ProgramRun.of("ssh", "-G", "-J", way, target.route().address()).orThrow().output())
			.as("as ssh reads it")
			.containsPattern("proxyjump .*" + SSHD.get(0).port() + ",.*" + SSHD.get(1).port() + "\n");

		SSHD.get(0).stop();
		check(target);
		NodeStatus away = this.nodeStates.of(target.id());
		assertThat(away.state()).isEqualTo(NodeState.UNREACHABLE);
		assertThat(away.remarks().detail()).contains("jump node").contains(SSHD.get(0).address());
		SSHD.get(0).start();
		check(target);
		assertThat(this.nodeStates.of(target.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void checksTheHostKeyOfTheJumpNode() throws IOException {
		Node gate = enrol(SSHD.get(0), "jump-impostor", null);
		Node target = enrol(SSHD.get(2), "jump-behind", "jump-impostor");
		this.pins.pin(gate.id(), this.nodes.get(target.id()).hostKeys());
		check(target);
		NodeStatus stopped = this.nodeStates.of(target.id());
		assertThat(stopped.state()).isEqualTo(NodeState.UNREACHABLE);
		assertThat(stopped.remarks().detail()).contains("another host key than the pinned one");
	}

	/** As when the jump node leads somewhere else: the node is known by its own key. */
	@Test
	void givesNothingToWhateverTheJumpNodeLeadsTo() throws IOException {
		enrol(SSHD.get(0), "jump-liar", null);
		Node target = enrol(SSHD.get(2), "jump-misled", "jump-liar");
		SSHD.get(2).withNewHostKey();
		sshd().authorize("deploy", "# theirs");
		String before = sshd().log();
		this.nodeStates.of(target.id());
		settled(grant(identityWith(SshKeys.generate()), target, "deploy", null));
		NodeStatus stopped = this.nodeStates.of(target.id());
		assertThat(stopped.state()).isEqualTo(NodeState.REFUSED);
		assertThat(stopped.remarks().detail()).contains("another host key than the pinned one");
		assertThat(sshd().log().substring(before.length())).doesNotContain("publickey");
		assertThat(file("deploy")).isEqualTo("# theirs\n");
	}

	/** What it forwards is read with the same bounds as what a node says itself. */
	@Test
	void isNotFloodedThroughAJumpNode() throws Exception {
		enrol(SSHD.get(0), "jump-open", null);
		try (ServerSocket flooding = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
			Thread thread = new Thread(() -> flood(flooding));
			thread.setDaemon(true);
			thread.start();
			Node behind = add(new NodeDraft("jump-flooded", "127.0.0.1", flooding.getLocalPort(), "root",
					Privilege.ROOT, Mode.ADDITIVE, Map.of(), null, new NodeDraft.Passage(false, "jump-open")));
			OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
			long cpu = system.getProcessCpuTime();
			assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.enrolments.hostKeysOf(behind.name()))
				.withMessageContaining("the connection broke");
			assertThat(Duration.ofNanos(system.getProcessCpuTime() - cpu))
				.isLessThan(Patience.of(Duration.ofSeconds(10)));
		}
	}

	private static void flood(ServerSocket server) {
		byte[] bytes = new byte[64 * 1024];
		Arrays.fill(bytes, (byte) 'x');
		try {
			while (true) {
				try (Socket socket = server.accept()) {
					while (true) {
						socket.getOutputStream().write(bytes);
					}
				}
				catch (SocketException ex) {
					if (server.isClosed()) {
						return;
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void saysThatTheJumpNodeIsNotEnrolledOrDoesNotConnect() {
		add(draft(SSHD.get(0), "jump-bare", null, SSHD.get(0).port()));
		Node behind = add(draft(SSHD.get(2), "jump-bare-target", "jump-bare", SSHD.get(2).port()));
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.enrolments.hostKeysOf(behind.name()))
			.returns(FailureKind.NO_ROUTE, NodeException::kind)
			.withMessageContaining("jump-bare, which is not enrolled");
		this.enrolments.enrol("jump-bare", byPassword(SSHD.get(0)));
		this.nodes.put(draft(SSHD.get(2), behind.name(), "jump-bare", 1), null);
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.enrolments.hostKeysOf(behind.name()))
			.returns(FailureKind.NO_ROUTE, NodeException::kind)
			.withMessageContaining("the jump node does not connect there");
	}

	@Test
	void isLetInByAPrivateKeyOnce() throws IOException {
		SshKeyPair locked = SshKeys.generate("rsa", "-b", "2048", "-m", "PEM");
		SshKeys.encrypt(locked, "open sesame");
		sshd().authorize("root", locked.publicKey());
		Node node = addedNode(Mode.ADDITIVE);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.enrolments.enrol(node.name(), byKey(locked, "")))
			.satisfies((ex) -> assertThat(ex.faults().get(0).code()).isEqualTo("private-key.passphrase.missing"));
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.enrolments.enrol(node.name(), byKey(locked, "wrong")))
			.satisfies((ex) -> assertThat(ex.faults().get(0).code()).isEqualTo("private-key.passphrase.wrong"));
		Enrolment enrolment = byKey(locked, "open sesame");
		assertThat(this.enrolments.enrol(node.name(), enrolment).enrolled()).isTrue();
		assertThat(((Secret.PrivateKey) enrolment.secret()).value()).containsOnly(0);
		assertThat(file("root")).startsWith(locked.publicKey()).contains(" latchkey");
	}

	private Node enrol(SshdNode sshd, String name, @Nullable String jumpNode) {
		add(draft(sshd, name, jumpNode, sshd.port()));
		return this.enrolments.enrol(name, byPassword(sshd));
	}

	private static NodeDraft draft(SshdNode sshd, String name, @Nullable String jumpNode, int port) {
		return new NodeDraft(name, sshd.address(), port, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of(), null,
				new NodeDraft.Passage(false, jumpNode));
	}

	private static Enrolment byPassword(SshdNode sshd) {
		return new Enrolment(new Secret.Password(sshd.password().toCharArray()), null,
				Fingerprint.parse(sshd.hostKeyFingerprints().get(0)));
	}

	private Enrolment byKey(SshKeyPair key, String passphrase) throws IOException {
		return new Enrolment(
				new Secret.PrivateKey(Files.readAllBytes(key.privateKey()),
						passphrase.getBytes(StandardCharsets.UTF_8)),
				null, Fingerprint.parse(sshd().hostKeyFingerprints().get(0)));
	}

}
