package io.latchkey.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.TestConnector;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint.Hop;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What sshd says in place of its version string, as it was seen of OpenSSH 9.2, 10.0 and
 * 10.6; those that are not installed are played by a server that says the same.
 */
@Timeout(60)
@RequiresProgram("sshd")
class TurnedAwayTests {

	/** sshd closes at once, whatever it has been told by then. */
	private static final int TIMES = 20;

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts().configure("PerSourceMaxStartups 1");

	private final TestConnector connector = TestConnector.of(TestConnections.deadlines(Duration.ofSeconds(5),
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20)));

	@TempDir
	Path folder;

	@Test
	void aPenaltyIsKnownByItsWords() throws IOException {
		try (ServerSocket server = saying("Not allowed at this time\r\n", 0)) {
			for (int i = 0; i < TIMES; i++) {
				NodeException failure = look(server);
				assertThat(failure.kind()).isEqualTo(FailureKind.TURNED_AWAY_BY_PENALTY);
				assertThat(failure).hasMessageContaining("sshd takes no connection from 127.0.0.1 for now")
					.hasMessageContaining("\"Not allowed at this time\"");
				assertThat(failure.remedyArguments()).containsExactly("127.0.0.1");
				assertThat(failure.rest()).isGreaterThan(Duration.ofSeconds(15));
			}
			assertThat(logIn(server)).returns(FailureKind.TURNED_AWAY_BY_PENALTY, NodeException::kind);
		}
	}

	@Test
	void isKnownAtAJumpNode() throws IOException {
		try (ServerSocket server = saying("Not allowed at this time\r\n", 0)) {
			List<HostKey> hostKeys = TestConnector.hostKeys(nodes.first());
			Hop hop = new Hop(new Endpoint("127.0.0.1", server.getLocalPort(), hostKeys), "latchkey",
					ManagementKeyKind.USUAL);
			Endpoint behind = new Endpoint("192.0.2.1", 22, hostKeys, Algorithms.MODERN, hop);
			NodeException failure = catchThrowableOfType(NodeException.class,
					() -> this.connector.connectAfresh(behind, login()));
			assertThat(failure).returns(FailureKind.TURNED_AWAY_BY_PENALTY, NodeException::kind)
				.hasMessageContaining("192.0.2.1:22: the jump node cannot be used")
				.hasMessageContaining("sshd takes no connection from 127.0.0.1 for now");
			assertThat(failure.rest()).isGreaterThan(Duration.ofSeconds(15));
		}
	}

	@Test
	void theOldWordsForTooManyLoginsAreKnown() throws IOException {
		SshdNode node = nodes.first();
		try (Socket first = new Socket(node.address(), node.port())) {
			assertThat(first.getInputStream().readNBytes(4)).asString(StandardCharsets.US_ASCII).isEqualTo("SSH-");
			NodeException failure = catchThrowableOfType(NodeException.class,
					() -> this.connector.hostKeysOf(node.address(), node.port()));
			assertThat(failure).returns(FailureKind.TURNED_AWAY_BY_STARTUPS, NodeException::kind)
				.hasMessageContaining("for now");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void whoClosesWithoutAWordIsNotSaidToBeNoSshd(int read) throws IOException {
		try (ServerSocket server = saying("", read)) {
			NodeException failure = look(server);
			assertThat(failure.kind()).isEqualTo(FailureKind.CLOSED_BEFORE_A_WORD);
			assertThat(failure).hasMessageContaining("closed before sshd said anything");
		}
	}

	@Test
	void whatIsNoSshServerIsRepeated() throws IOException {
		try (ServerSocket server = saying("HTTP/1.1 400 Bad Request\r\n\r\n", 1)) {
			assertThat(look(server)).returns(FailureKind.DISCONNECTED, NodeException::kind)
				.hasMessageContaining("does not speak SSH, but says \"HTTP/1.1 400 Bad Request\"");
		}
	}

	/**
	 * A server that shows its key, and closes when it is asked to log in, as
	 * {@code RefuseConnection} has it.
	 */
	@Test
	void whoClosesAtTheLoginIsKnown() throws IOException {
		try (SshServer server = SshServer.setUpDefaultServer()) {
			server.setHost("127.0.0.1");
			SimpleGeneratorHostKeyProvider hostKeys = new SimpleGeneratorHostKeyProvider(this.folder.resolve("key"));
			hostKeys.setAlgorithm("EC");
			server.setKeyPairProvider(hostKeys);
			server.setPublickeyAuthenticator((account, key, session) -> {
				session.close(true);
				return false;
			});
			server.start();
			Endpoint endpoint = new Endpoint("127.0.0.1", server.getPort(),
					this.connector.hostKeysOf("127.0.0.1", server.getPort()));
			NodeException failure = catchThrowableOfType(NodeException.class,
					() -> this.connector.connectAfresh(endpoint, login()));
			assertThat(failure.kind()).isEqualTo(FailureKind.CLOSED_AT_LOGIN);
			assertThat(failure).hasMessageContaining("when it was asked to log in");
		}
	}

	@Test
	void noneOfItIsSaidToBeAFirewall() throws IOException {
		Properties messages = new Properties();
		try (var in = Files.newBufferedReader(Path.of("src/main/resources/messages.properties"))) {
			messages.load(in);
		}
		assertThat(messages.stringPropertyNames())
			.filteredOn((key) -> key.startsWith("node.failure.turned-away")
					|| key.startsWith("node.failure.tried-too-often") || key.startsWith("node.failure.disconnected.")
					|| key.startsWith("node.failure.timed-out."))
			.hasSize(6)
			.allSatisfy((key) -> assertThat(messages.getProperty(key)).doesNotContainIgnoringCase("firewall")
				.doesNotContainIgnoringCase("unreachable")
				.doesNotContain("that it is sshd"));
		assertThat(messages.getProperty("node.failure.turned-away.penalty")).contains("PerSourcePenaltyExemptList",
				"{0}");
	}

	private NodeException look(ServerSocket server) {
		return catchThrowableOfType(NodeException.class,
				() -> this.connector.hostKeysOf("127.0.0.1", server.getLocalPort()));
	}

	private NodeException logIn(ServerSocket server) {
		List<HostKey> hostKeys = TestConnector.hostKeys(nodes.first());
		return catchThrowableOfType(NodeException.class,
				() -> this.connector.connect(new Endpoint("127.0.0.1", server.getLocalPort(), hostKeys), login()));
	}

	private static Login login() {
		return new Login("latchkey", Privilege.SELF, new Secret.ManagementKey());
	}

	/**
	 * @param read how many bytes it reads before it closes
	 */
	private static ServerSocket saying(String words, int read) throws IOException {
		ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(() -> {
			while (!server.isClosed()) {
				try (Socket socket = server.accept()) {
					socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
					socket.getInputStream().readNBytes(read);
				}
				catch (IOException ex) {
					if (!server.isClosed()) {
						throw new UncheckedIOException(ex);
					}
				}
			}
		});
		thread.setDaemon(true);
		thread.start();
		return server;
	}

}
