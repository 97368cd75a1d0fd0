package io.latchkey.reconcile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import io.latchkey.diagnosis.TestLogins;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStatus;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What Latchkey does at a node costs it no more than sshd's penalties bear
 * ({@code PerSourcePenalties}), and what sshd says then is told as what it is.
 */
class PenaltiesSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(3).withOwnAccounts();

	private static final Pattern CONNECTION = Pattern.compile("(?m)^Connection from ");

	private static int next;

	/**
	 * What Latchkey did at one is held against it for some time: each test has its own.
	 */
	private final SshdNode sshd = SSHD.get(next++);

	@Autowired
	private TestLogins testLogins;

	@Override
	SshdNode sshd() {
		return this.sshd;
	}

	@AfterEach
	void allowOneMethod() {
		sshd().configure();
	}

	@Test
	void anEnrolmentCostsOneConnectionForEachHostKeyAndItsLogins() {
		Node node = addedNode(Mode.ADDITIVE);
		int before = count(CONNECTION);
		this.enrolments.hostKeysOf(node.name());
		assertThat(count(CONNECTION) - before).isEqualTo(sshd().hostKeys().size());
		this.enrolments.recentHostKeysOf(node.name());
		assertThat(catchThrowableOfType(NodeException.NotLetIn.class, () -> enrol(node, "wrong"))).isNotNull();
		assertThat(count(CONNECTION) - before).isEqualTo(sshd().hostKeys().size() + 1);
		enrol(node, sshd().password());
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void aNodeThatTurnsLatchkeyAwayIsLeftAloneForAWhile() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		sshd().stop();
		try (ServerSocket penalty = new ServerSocket(sshd().port(), 50, InetAddress.getByName(sshd().address()))) {
			sayTo(penalty, "Not allowed at this time\r\n");
			Instant begun = this.clock.instant();
			check(node);
			NodeStatus status = this.nodeStates.of(node.id());
			assertThat(status.state()).isEqualTo(NodeState.REFUSED);
			assertThat(status.remarks().detail()).contains("\"Not allowed at this time\"")
				.contains("put 127.0.0.1 into PerSourcePenaltyExemptList")
				.doesNotContain("firewall")
				.doesNotContainIgnoringCase("unreachable");
			// when the next run is due is settled after what this one found
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(this.nodeStates.of(node.id()).checks().next())
					.isAfterOrEqualTo(begun.plus(Duration.ofSeconds(20)))
					.isBefore(begun.plus(Duration.ofMinutes(5))));
			assertThat(this.testLogins.test(node.name(), "deploy", null).look().detail())
				.contains("PerSourcePenaltyExemptList");
		}
		sshd().start();
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void aNodeThatAsksForAPasswordAsWellIsSaidToDoSo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().configure("AuthenticationMethods publickey,password");
		sshd().restart();
		check(node);
		NodeStatus status = this.nodeStates.of(node.id());
		assertThat(status.state()).isEqualTo(NodeState.REFUSED);
		assertThat(status.remarks().detail()).contains("asks for password as well")
			.contains("Match User root, and below it AuthenticationMethods publickey");
		assertThat(this.testLogins.test(node.name(), "deploy", null).look().detail())
			.contains("asks for password as well");
		Node other = addedNode(Mode.ADDITIVE);
		assertThat(catchThrowableOfType(NodeException.class, () -> enrol(other, sshd().password())))
			.returns(FailureKind.METHOD_NOT_TAKEN, NodeException::kind);
	}

	private Node enrol(Node node, String password) {
		return this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(password.toCharArray()), null,
				Fingerprint.parse(sshd().hostKeyFingerprints().get(0))));
	}

	private int count(Pattern pattern) {
		return (int) pattern.matcher(sshd().log()).results().count();
	}

	private static void sayTo(ServerSocket server, String words) {
		Thread thread = new Thread(() -> {
			while (!server.isClosed()) {
				try (Socket socket = server.accept()) {
					socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
				}
				catch (IOException ex) {
					// the test has ended, or the client hung up
				}
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}
