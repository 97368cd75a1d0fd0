package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.protocol.Request;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.ssh.Algorithms;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Endpoint.Hop;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.ssh.TransportProperties;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@PatientTimeout(seconds = 30)
@RequiresProgram("sshd")
class NodeConnectorSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(2).withOwnAccounts();

	private static final SshKeyPair KEY = SshKeys.generate();

	private final SshdNode node = nodes.first();

	private final TestConnector connector = connector(Patience.of(Duration.ofSeconds(10)));

	private final TestConnector impatient = connector(Duration.ofSeconds(1));

	@Test
	void showsTheHostKeys() throws Exception {
		assertThat(this.connector.hostKeysOf(this.node.address(), this.node.port()))
			.containsExactlyElementsOf(hostKeysOf(this.node));
	}

	@Test
	void logsInByKeyWithEachPinnedType() throws Exception {
		this.node.authorize("alice", KEY.publicKey());
		for (HostKey hostKey : hostKeysOf(this.node)) {
			try (NodeConversation conversation = this.connector.connect(endpoint(this.node, List.of(hostKey)),
					byKey("alice"))) {
				assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("alice")))).accounts()).hasSize(1);
			}
		}
	}

	@Test
	void logsInByAPasswordOnceAndWipesIt() throws Exception {
		char[] password = this.node.password().toCharArray();
		try (NodeConversation conversation = this.connector.connect(endpoint(this.node),
				new Login("root", Privilege.ROOT, new Secret.Password(password)))) {
			assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("root")))).facts().uid()).isZero();
		}
		assertThat(password).containsOnly('\0');
		assertThat(new Secret.Password("tell".toCharArray()).toString()).doesNotContain("tell");
	}

	@Test
	void saysThatAPasswordOrAKeyIsRefused() throws Exception {
		char[] wrong = "wrong horse".toCharArray();
		assertThatExceptionOfType(NodeException.NotLetIn.class)
			.isThrownBy(() -> this.connector.connect(endpoint(this.node),
					new Login("deploy", Privilege.SELF, new Secret.Password(wrong))))
			.withMessageContaining("deploy was not let in")
			.withMessageNotContaining("horse");
		assertThat(wrong).containsOnly('\0');
		assertThat(this.node.log().split("Failed password for deploy", -1)).hasSize(2);
		assertThatExceptionOfType(NodeException.NotLetIn.class)
			.isThrownBy(() -> this.connector.connect(endpoint(this.node), byKey("latchkey")));
	}

	@Test
	void talksToNoImpostor() throws Exception {
		SshdNode other = nodes.get(1);
		List<HostKey> others = hostKeysOf(other);
		assertThatExceptionOfType(NodeException.HostKeyChanged.class)
			.isThrownBy(() -> this.connector.connect(endpoint(this.node, others), byKey("root")))
			.withMessageContaining(hostKeysOf(this.node).get(0).key().fingerprint().toString());
		HostKey missing = new HostKey(PublicKeyText.parse(SshKeys.generate("rsa").publicKey()).key());
		assertThatExceptionOfType(NodeException.HostKeyChanged.class)
			.isThrownBy(() -> this.connector.connect(endpoint(this.node, List.of(missing)), byKey("root")))
			.withMessageContaining("rsa-sha2-512");
		assertThatIllegalArgumentException().isThrownBy(() -> endpoint(this.node, List.of()));
	}

	@Test
	void saysThatAnAddressIsUnknownOrNothingListens() throws Exception {
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.connector.hostKeysOf("no-such-node.invalid", 22))
			.returns(FailureKind.NO_ROUTE, NodeException::kind);
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.connector.hostKeysOf("127.0.0.1", port))
			.returns(FailureKind.REFUSED, NodeException::kind);
	}

	@Test
	void hasNoJumpNodeConnectToWhatIsNeverDialled() throws Exception {
		SshdNode target = nodes.get(1);
		this.node.authorize("alice", KEY.publicKey());
		Hop hop = new Hop(endpoint(this.node), "alice", ManagementKeyKind.USUAL);
		Endpoint behind = new Endpoint(target.address(), target.port(), hostKeysOf(target), Algorithms.MODERN, hop);
		Duration enough = Patience.of(Duration.ofSeconds(10));
		TestConnector choosy = new TestConnector(new TransportProperties(enough, enough, enough, enough, Duration.ZERO,
				0, List.of(target.address() + "/32")), () -> bytesOf(KEY));
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> choosy.connect(behind, byKey("alice")))
			.returns(FailureKind.NEVER_DIALLED, NodeException::kind)
			.withMessageContaining(target.address() + " lies in " + target.address() + "/32");
		assertThat(target.log()).doesNotContain("Connection from " + this.node.address());
	}

	@Test
	void waitsForNoMuteNodeBeyondTheDeadline() throws Exception {
		List<HostKey> hostKeys = hostKeysOf(this.node);
		try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Endpoint endpoint = new Endpoint("127.0.0.1", mute.getLocalPort(), hostKeys);
			long start = System.nanoTime();
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> this.impatient.connect(endpoint, byKey("root")))
				.withMessageContaining("did not show its host key within 1 s");
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> this.impatient.hostKeysOf("127.0.0.1", mute.getLocalPort()));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.of(Duration.ofSeconds(6)));
		}
	}

	@Test
	void doesNotSpeakWithWhatIsNoSshServer() throws Exception {
		for (String greeting : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n", "SSH-2.0-x\r\n\0\0\0\5\1",
				"SSH-2.0-x\r\n\0\0\0\14\4\24" + "\u00ff".repeat(40), "SSH-2.0-x\r\n\u007f\u00ff\u00ff\u00ff\4\24")) {
			try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
				answerOnce(server, greeting.getBytes(StandardCharsets.ISO_8859_1));
				assertThatExceptionOfType(NodeException.class)
					.isThrownBy(() -> this.connector.hostKeysOf("127.0.0.1", server.getLocalPort()))
					.returns(FailureKind.DISCONNECTED, NodeException::kind)
					.withMessageContaining("127.0.0.1:" + server.getLocalPort());
			}
		}
	}

	@Test
	void tellsAnEndlessBannerFromANode() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Thread chatter = new Thread(() -> {
				try (Socket socket = server.accept()) {
					while (true) {
						socket.getOutputStream().write("not yet\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
					}
				}
				catch (IOException ex) {
					// hung up on
				}
			});
			chatter.setDaemon(true);
			chatter.start();
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> this.impatient.hostKeysOf("127.0.0.1", server.getLocalPort()));
		}
	}

	@Test
	void saysThatAPausedNodeDoesNotAnswer() throws Exception {
		Endpoint endpoint = endpoint(this.node);
		try {
			this.node.pause();
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> this.impatient.connect(endpoint, byKey("root")));
		}
		finally {
			this.node.resume();
		}
	}

	private static void answerOnce(ServerSocket server, byte[] bytes) {
		Thread thread = new Thread(() -> {
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write(bytes);
				socket.shutdownOutput();
				socket.getInputStream().readNBytes(4096);
			}
			catch (IOException ex) {
				// hung up on
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	private static TestConnector connector(Duration connectTimeout) {
		return new TestConnector(TestConnections.deadlines(connectTimeout, Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(10)), Patience.of(Duration.ofSeconds(30))), () -> bytesOf(KEY));
	}

	private static Login byKey(String account) {
		return new Login(account, Privilege.SELF, new Secret.ManagementKey());
	}

	private static Endpoint endpoint(SshdNode node) throws Exception {
		return endpoint(node, hostKeysOf(node));
	}

	private static Endpoint endpoint(SshdNode node, List<HostKey> hostKeys) {
		return new Endpoint(node.address(), node.port(), hostKeys);
	}

	private static List<HostKey> hostKeysOf(SshdNode node) throws Exception {
		List<HostKey> hostKeys = new ArrayList<>();
		for (String line : node.hostKeys()) {
			hostKeys.add(new HostKey(PublicKeyText.parse(line).key()));
		}
		return hostKeys;
	}

	private static byte[] bytesOf(SshKeyPair key) {
		try {
			return Files.readAllBytes(key.privateKey());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
