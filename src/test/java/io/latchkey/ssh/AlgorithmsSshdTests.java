package io.latchkey.ssh;

import java.time.Duration;
import java.util.List;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.TestConnector;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.inventory.Privilege;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Nodes whose sshd has only a few algorithms left.
 */
@RequiresProgram("sshd")
class AlgorithmsSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector.of(TestConnections.deadlines(Duration.ofSeconds(5),
			Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30)));

	@BeforeEach
	void authorize() {
		this.node.authorize("root", TestConnector.KEY.publicKey());
	}

	@Test
	void talksToANodeWithOneCipherOrOneKeyExchange() {
		for (List<String> lines : List.of(List.of("Ciphers chacha20-poly1305@openssh.com"),
				List.of("Ciphers aes256-ctr", "MACs hmac-sha2-512"), List.of("KexAlgorithms ecdh-sha2-nistp384"),
				List.of("KexAlgorithms diffie-hellman-group-exchange-sha256"))) {
			configure(lines);
			try (NodeConversation conversation = this.connector.connectAfresh(endpoint(), login())) {
				assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("root")))).accounts())
					.as("%s", lines)
					.extracting(ObservedFile::presence)
					.containsExactly(Presence.FILE);
			}
		}
	}

	@Test
	void saysWhatNodeAndLatchkeyHaveWhereTheyShareNothing() {
		assertShareNothing("MACs", "umac-128@openssh.com", "hmac-sha2-256", false, "Ciphers aes128-ctr",
				"MACs umac-128@openssh.com");
		assertShareNothing("KexAlgorithms", "sntrup761x25519-sha512@openssh.com", "curve25519-sha256", false,
				"KexAlgorithms sntrup761x25519-sha512@openssh.com");
		assertShareNothing("Ciphers", "aes256-cbc", "chacha20-poly1305@openssh.com", true, "Ciphers aes256-cbc");
	}

	private void assertShareNothing(String option, String nodes, String own, boolean legacyHelps, String... lines) {
		configure(List.of(lines));
		NodeException failure = catchThrowableOfType(NodeException.class,
				() -> this.connector.connectAfresh(endpoint(), login()));
		assertThat(failure).returns("no-common-algorithm", NodeException::code)
			.hasMessageContaining("the node has %s; Latchkey has ".formatted(nodes))
			.hasMessageContaining(own)
			.hasMessageNotContaining("kex-strict");
		assertThat(failure.remedyArguments()).hasSize(2).first().isEqualTo(option);
		assertThat(failure.remedyArguments().get(1)).contains(own);
		assertThat(failure.remedy().endsWith(".legacy")).isEqualTo(legacyHelps);
	}

	private void configure(List<String> lines) {
		this.node.configure(lines.toArray(String[]::new));
		this.node.restart();
	}

	private Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

	private static Login login() {
		return new Login("root", Privilege.ROOT, new Secret.ManagementKey());
	}

}
