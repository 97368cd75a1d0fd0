package io.latchkey.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.TestConnector;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node that has only what was given up, and one that signs with SHA-1 alone.
 */
@RequiresProgram("sshd")
class LegacyAlgorithmsSshdTests {

	private static final SshKeyPair HOST_KEY = SshKeys.generate("rsa", "-b", "2048");

	private static final SshKeyPair KEY = SshKeys.generate();

	@RegisterExtension
	static SshdNodes old = SshdNodes.count(1)
		.withOwnAccounts()
		.configure("KexAlgorithms diffie-hellman-group14-sha1,diffie-hellman-group1-sha1")
		.configure("Ciphers aes128-cbc,3des-cbc")
		.configure("MACs hmac-sha1");

	@RegisterExtension
	static SshdNodes sha1 = SshdNodes.count(1)
		.withOwnAccounts()
		.configure("HostKey " + HOST_KEY.privateKey())
		.configure("HostKeyAlgorithms ssh-rsa");

	private final TestConnector connector = new TestConnector(
			TestConnections.deadlines(Patience.of(Duration.ofSeconds(10)), Patience.of(Duration.ofSeconds(10)),
					Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))),
			LegacyAlgorithmsSshdTests::privateKey);

	@BeforeEach
	void authorize() {
		old.first().authorize("root", KEY.publicKey());
		sha1.first().authorize("root", KEY.publicKey());
	}

	@Test
	void anOldNodeIsRefusedAndToldWhatItHas() {
		Endpoint endpoint = endpoint(old.first(), TestConnector.hostKeys(old.first()), Algorithms.MODERN);
		assertThatExceptionOfType(NodeException.class).isThrownBy(() -> this.connector.connectAfresh(endpoint, login()))
			.returns(FailureKind.ONLY_LEGACY_ALGORITHM, NodeException::kind)
			.withMessageContaining("diffie-hellman-group14-sha1,diffie-hellman-group1-sha1");
	}

	@Test
	void anOldNodeIsTalkedToWhereThatIsAllowed() {
		look(endpoint(old.first(), TestConnector.hostKeys(old.first()), Algorithms.LEGACY));
		assertThat(this.connector.hostKeysOf(old.first().address(), old.first().port(), Algorithms.LEGACY))
			.isNotEmpty();
	}

	@Test
	void aSignatureWithSha1IsTakenOnlyWhereThatIsAllowed() {
		SshdNode node = sha1.first();
		List<HostKey> pinned = List.of(hostKey(HOST_KEY.publicKey()));
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.connector.hostKeysOf(node.address(), node.port(), Algorithms.MODERN))
			.returns(FailureKind.ONLY_LEGACY_ALGORITHM, NodeException::kind)
			.withMessageContaining("ssh-rsa");
		assertThatExceptionOfType(NodeException.class)
			.isThrownBy(() -> this.connector.connectAfresh(endpoint(node, pinned, Algorithms.MODERN), login()))
			.returns(FailureKind.ONLY_LEGACY_ALGORITHM, NodeException::kind)
			.withMessageContaining("ssh-rsa");
		assertThat(this.connector.hostKeysOf(node.address(), node.port(), Algorithms.LEGACY)).isEqualTo(pinned);
		look(endpoint(node, pinned, Algorithms.LEGACY));
	}

	private void look(Endpoint endpoint) {
		try (NodeConversation conversation = this.connector.connect(endpoint, login())) {
			assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("root")))).accounts()).hasSize(1);
		}
	}

	private static Endpoint endpoint(SshdNode node, List<HostKey> hostKeys, Algorithms algorithms) {
		return new Endpoint(node.address(), node.port(), hostKeys, algorithms, null);
	}

	private static Login login() {
		return new Login("root", Privilege.ROOT, new Secret.ManagementKey());
	}

	private static HostKey hostKey(String line) {
		try {
			return new HostKey(PublicKeyText.parse(line).key());
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] privateKey() {
		try {
			return Files.readAllBytes(KEY.privateKey());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
