package io.latchkey.ssh;

import java.time.Duration;
import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.TestConnector;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.NodeException.NotLetIn;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Nodes that ask for more than one proof ({@code AuthenticationMethods}), or for another.
 */
@RequiresProgram("sshd")
class AskedForMoreSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts().configure("AuthenticationMethods publickey,password");

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector.of(TestConnections.deadlines(Duration.ofSeconds(5),
			Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30)));

	@BeforeEach
	void authorize() {
		this.node.authorize("root", TestConnector.KEY.publicKey());
	}

	@AfterEach
	void restore() {
		configure("AuthenticationMethods publickey,password");
	}

	@Test
	void saysThatTheKeyWasTakenAndAPasswordIsAskedForAsWell() {
		assertMoreAsked(byKey(), "password");
		assertThat(this.node.log()).contains("Partial publickey for root");
	}

	@Test
	void doesNotMistakeARefusedKeyForIt() {
		this.node.authorize("root", "# nobody");
		assertThat(refusalOf(byKey())).isInstanceOf(NotLetIn.class).hasMessageNotContaining(LoginRefusal.NO_METHOD);
	}

	@Test
	void saysThatNoPasswordIsTakenBeforeTheKey() {
		NodeException failure = refusalOf(byPassword());
		assertThat(failure).returns(FailureKind.METHOD_NOT_TAKEN, NodeException::kind)
			.hasMessageContaining("takes no password, but publickey");
		assertThat(failure.remedyArguments()).containsExactly("root", "publickey");
		assertThat(this.node.log()).doesNotContain("Failed password");
	}

	@Test
	void saysThatNoPasswordIsTakenAtAll() {
		configure("PasswordAuthentication no");
		assertThat(refusalOf(byPassword())).returns(FailureKind.METHOD_NOT_TAKEN, NodeException::kind);
	}

	@Test
	void saysThatAnotherKeyIsAskedForAsWell() {
		configure("AuthenticationMethods publickey,publickey");
		assertMoreAsked(byKey(), "publickey");
	}

	@Test
	void saysThatTheHostOrAQuestionIsAskedForAsWell() {
		for (String more : List.of("hostbased", "keyboard-interactive")) {
			configure("HostbasedAuthentication yes", "KbdInteractiveAuthentication yes",
					"AuthenticationMethods publickey," + more);
			assertMoreAsked(byKey(), more);
		}
	}

	@Test
	void saysThatThePasswordWasTakenAndAKeyIsAskedForAsWell() {
		configure("AuthenticationMethods password,publickey");
		assertMoreAsked(byPassword(), "publickey");
	}

	private void assertMoreAsked(Login login, String more) {
		NodeException failure = refusalOf(login);
		assertThat(failure).as(failure.handshakeLog())
			.returns(FailureKind.MORE_ASKED, NodeException::kind)
			.hasMessageContaining(
					"root was not let in: sshd took what it was offered, and asks for %s as well".formatted(more));
		assertThat(failure.remedyArguments()).containsExactly("root", more);
		assertThat(failure.handshakeLog()).doesNotContain(LoginRefusal.NO_METHOD);
	}

	private void configure(String... lines) {
		this.node.configure(lines);
		this.node.restart();
	}

	private NodeException refusalOf(Login login) {
		return catchThrowableOfType(NodeException.class, () -> this.connector.connectAfresh(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)), login));
	}

	private static Login byKey() {
		return new Login("root", Privilege.ROOT, new Secret.ManagementKey());
	}

	private Login byPassword() {
		return new Login("root", Privilege.ROOT, new Secret.Password(this.node.password().toCharArray()));
	}

}
