package io.latchkey.conversation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.core.ShownDuration;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Nodes that stop to answer, each at another moment, or never come to an end.
 */
@PatientTimeout(seconds = 60)
@RequiresProgram("sshd")
class NodeDeadlinesSshdTests {

	/** A slow one decides on a login after a minute. */
	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(2).withOwnAccounts();

	private static final int MOMENTS = 24;

	/** The bytes of the last answer; not every conversation takes as many before it. */
	private static final int LAST_ANSWER = 600;

	private static final Duration SHORT = Patience.of(Duration.ofSeconds(3));

	private static final Duration WHOLE = Patience.of(Duration.ofSeconds(7));

	/** For this machine to notice that a deadline has passed, and to say so. */
	private static final Duration SLACK = Patience.of(Duration.ofSeconds(4));

	private static final TestConnector CONNECTOR = TestConnector
		.of(TestConnections.deadlines(SHORT, SHORT, SHORT, WHOLE));

	/** Time enough for several logins at once on a busy machine. */
	private static final Duration STEADY_ANSWER = Patience.of(Duration.ofSeconds(4));

	private static final Duration STEADY_WHOLE = Patience.of(Duration.ofSeconds(8));

	private static final TestConnector STEADY = TestConnector
		.of(TestConnections.deadlines(STEADY_ANSWER, STEADY_ANSWER, STEADY_ANSWER, STEADY_WHOLE));

	/** A link that is cut is noticed at once, and not by a deadline. */
	private static final TestConnector PATIENT = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(30)), Patience.of(Duration.ofSeconds(30)),
				Patience.of(Duration.ofSeconds(30)), Patience.of(Duration.ofSeconds(30))));

	private final SshdNode node = nodes.first();

	@BeforeEach
	void authorize() {
		nodes.all()
			.forEach((each) -> each.accounts()
				.forEach((account) -> each.authorize(account, TestConnector.KEY.publicKey())));
	}

	@AfterEach
	void restore() {
		this.node.setShell("latchkey", "/bin/sh");
	}

	@Test
	void waitsForNoConnectionBeyondTheDeadline() throws IOException {
		List<Socket> queued = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			fill(full, queued);
			long begun = System.nanoTime();
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> CONNECTOR.connect(endpoint("127.0.0.1", full.getLocalPort()), login("root")))
				.withMessageContaining("no connection within " + ShownDuration.of(SHORT));
			assertThat(since(begun)).isLessThan(SHORT.plus(SLACK));
		}
		finally {
			for (Socket socket : queued) {
				socket.close();
			}
		}
	}

	@Test
	void waitsForNoDecisionOnTheLoginBeyondTheDeadline() {
		SshdNode slow = nodes.get(1);
		slow.configure("AuthorizedKeysCommand /bin/sleep 60", "AuthorizedKeysCommandUser root",
				"AuthorizedKeysFile none");
		slow.restart();
		long begun = System.nanoTime();
		assertThatExceptionOfType(NodeException.TimedOut.class)
			.isThrownBy(() -> CONNECTOR.connect(endpoint(slow.address(), slow.port(), slow), login("root")))
			.withMessageContaining("did not decide on the login within " + ShownDuration.of(SHORT))
			.satisfies((ex) -> assertThat(ex.handshakeLog()).contains("SSH_MSG_NEWKEYS"));
		assertThat(since(begun)).isLessThan(SHORT.plus(SLACK));
	}

	@Test
	void waitsForNoAnswerOfANodeThatIsStoppedInTheMiddle() {
		try (NodeConversation conversation = CONNECTOR.connect(endpoint(), login("root"))) {
			conversation.ask(new ObserveFiles(List.of()));
			this.node.pause();
			long begun = System.nanoTime();
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of(new FileQuery("alice")))))
				.withMessageContaining("did not answer within " + ShownDuration.of(SHORT));
			assertThat(since(begun)).isLessThan(SHORT.plus(SLACK));
		}
		finally {
			this.node.resume();
		}
	}

	@Test
	void waitsForNoNodeThatTakesNothingMore() {
		try (NodeConversation conversation = CONNECTOR.connect(endpoint(), login("root"))) {
			ObservedFile alice = conversation.ask(new ObserveFiles(List.of(new FileQuery("alice")))).accounts().get(0);
			String path = alice.path();
			assertThat(path).isNotNull();
			this.node.pause();
			long begun = System.nanoTime();
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> conversation.ask(new WriteFile("alice", (path != null) ? path : "", alice.hash(),
						new byte[NodeScript.CONTENT_LIMIT])))
				.withMessageContaining("did not answer within " + ShownDuration.of(SHORT));
			assertThat(since(begun)).isLessThan(SHORT.plus(SLACK));
		}
		finally {
			this.node.resume();
		}
		assertThat(this.node.authorizedKeys("alice")).hasContent(TestConnector.KEY.publicKey());
	}

	@Test
	void endsAConversationWhoseEveryAnswerIsInTime() throws IOException {
		Path shell = this.node.home("latchkey").resolve("drips");
		Files.writeString(shell, """
				#!/bin/sh
				echo 'latchkey-node 1 0 1763827200 +0000 sha256sum setpriv'
				echo 'content 1000'
				while printf x; do
					sleep 0.2
				done
				""");
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/drips");
		long begun = System.nanoTime();
		try (NodeConversation conversation = CONNECTOR.connect(endpoint(), login("latchkey"))) {
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> conversation.ask(new ReadFile("latchkey", "/home/latchkey/.ssh/authorized_keys")))
				.withMessageContaining("the conversation did not end within " + ShownDuration.of(WHOLE));
		}
		assertThat(since(begun)).isBetween(WHOLE, WHOLE.plus(SLACK));
	}

	@Test
	void waitsForNoBannerAndNoKeyThatDrips() throws IOException {
		for (String greeting : List.of("Not yet, ", "SSH-2.0-x\r\n\0\0\0\374\4\24")) {
			try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				drip(server, greeting);
				long begun = System.nanoTime();
				assertThatExceptionOfType(NodeException.TimedOut.class)
					.isThrownBy(() -> CONNECTOR.hostKeysOf("127.0.0.1", server.getLocalPort()))
					.withMessageContaining("did not show its host key within " + ShownDuration.of(SHORT));
				assertThat(since(begun)).isLessThan(SHORT.plus(SLACK));
			}
		}
	}

	/** From the banner to the last answer, whatever moment it is. */
	@ParameterizedTest
	@EnumSource(LinkFault.class)
	void saysInTimeThatTheLinkFailedWheneverItDoes(LinkFault fault) throws Exception {
		long all = bytesOfASoundConversation();
		ExecutorService threads = Executors.newFixedThreadPool(MOMENTS / 3);
		try {
			List<Future<NodeException>> failures = new ArrayList<>();
			for (long moment : LongStream.range(0, MOMENTS)
				.map((number) -> number * (all - LAST_ANSWER) / MOMENTS)
				.toArray()) {
				failures.add(threads.submit(() -> failureAfter(moment, fault)));
			}
			assertThat(failures).extracting((failure) -> resultOf(failure).code())
				.containsOnly((fault == LinkFault.CUT) ? "disconnected" : "timed-out");
			if (fault == LinkFault.MUTE) {
				assertThat(failures).extracting((failure) -> resultOf(failure).getMessage())
					.anyMatch((message) -> message
						.contains("did not show its host key within " + ShownDuration.of(STEADY_ANSWER)))
					.anyMatch(
							(message) -> message.contains("did not answer within " + ShownDuration.of(STEADY_ANSWER)));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private NodeException failureAfter(long bytes, LinkFault fault) throws IOException {
		try (FaultyLink link = FaultyLink.to(this.node, fault, bytes)) {
			long begun = System.nanoTime();
			NodeException failure = catchThrowableOfType(NodeException.class,
					() -> converse((fault == LinkFault.CUT) ? PATIENT : STEADY, link));
			assertThat(since(begun)).as("after %d bytes: %s", bytes, failure).isLessThan(STEADY_WHOLE.plus(SLACK));
			return failure;
		}
	}

	private long bytesOfASoundConversation() throws IOException {
		try (FaultyLink link = FaultyLink.soundTo(this.node)) {
			return converse(PATIENT, link);
		}
	}

	/** How many bytes the node needed for all its answers. */
	private long converse(TestConnector connector, FaultyLink link) {
		try (NodeConversation conversation = connector.connect(endpoint(link.address(), link.port()), login("root"))) {
			conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))));
			conversation.ask(new ReadFile("root", "/root/.ssh/authorized_keys"));
			return link.passed();
		}
	}

	/** Until the kernel takes no further connection. */
	private static void fill(ServerSocket server, List<Socket> queued) throws IOException {
		while (true) {
			Socket socket = new Socket();
			queued.add(socket);
			try {
				socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
	}

	private static void drip(ServerSocket server, String greeting) {
		Thread dripping = new Thread(() -> {
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
				socket.setSoTimeout(100);
				while (true) {
					socket.getOutputStream().write('x');
					listenFor100ms(socket);
				}
			}
			catch (IOException ex) {
				// hung up on
			}
		});
		dripping.setDaemon(true);
		dripping.start();
	}

	private static void listenFor100ms(Socket socket) throws IOException {
		try {
			while (socket.getInputStream().read() >= 0) {
				// what it says does not matter
			}
			throw new IOException("hung up on");
		}
		catch (SocketTimeoutException ex) {
			// time for the next drop
		}
	}

	private static NodeException resultOf(Future<NodeException> failure) {
		try {
			return failure.get();
		}
		catch (ExecutionException ex) {
			throw new AssertionError(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static Login login(String account) {
		return new Login(account, account.equals("root") ? Privilege.ROOT : Privilege.SELF, new Secret.ManagementKey());
	}

	private Endpoint endpoint() {
		return endpoint(this.node.address(), this.node.port());
	}

	private Endpoint endpoint(String address, int port) {
		return endpoint(address, port, this.node);
	}

	private static Endpoint endpoint(String address, int port, SshdNode machine) {
		List<HostKey> hostKeys = TestConnector.hostKeys(machine);
		return new Endpoint(address, port, hostKeys);
	}

	private static Duration since(long begun) {
		return Duration.ofNanos(System.nanoTime() - begun);
	}

}
