package io.latchkey.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.latchkey.conversation.TestConnector;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint.Hop;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A server that names itself OpenSSH 10.0, and refuses everybody.
 */
class TriedTooOftenTests {

	private final TestConnector connector = TestConnector.of(TestConnections.deadlines(Duration.ofSeconds(10),
			Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(30)));

	private final SshServer server = SshServer.setUpDefaultServer();

	private final AtomicInteger refused = new AtomicInteger();

	@TempDir
	Path folder;

	@BeforeEach
	void start() throws IOException {
		CoreModuleProperties.SERVER_IDENTIFICATION.set(this.server, "OpenSSH_10.0p2");
		this.server.setHost("127.0.0.1");
		SimpleGeneratorHostKeyProvider hostKeys = new SimpleGeneratorHostKeyProvider(this.folder.resolve("key"));
		hostKeys.setAlgorithm("EC");
		this.server.setKeyPairProvider(hostKeys);
		this.server.setPasswordAuthenticator((account, password, session) -> {
			this.refused.incrementAndGet();
			return false;
		});
		this.server.setPublickeyAuthenticator((account, key, session) -> {
			this.refused.incrementAndGet();
			return false;
		});
		this.server.start();
	}

	@AfterEach
	void stop() throws IOException {
		this.server.stop(true);
	}

	@Test
	void aWrongPasswordIsNotTriedUntilTheAddressIsTurnedAway() {
		Endpoint endpoint = new Endpoint("127.0.0.1", this.server.getPort(), hostKeys());
		long begun = System.nanoTime();
		List<NodeException> failures = IntStream.range(0, 6)
			.mapToObj((number) -> catchThrowableOfType(NodeException.class,
					() -> this.connector.connectAfresh(endpoint,
							new Login("alice", Privilege.SELF, new Secret.Password("wrong".toCharArray())))))
			.toList();
		assertThat(this.refused).hasValueBetween(2, atMostSince(begun));
		assertThat(failures).first().isInstanceOf(NodeException.NotLetIn.class);
		assertThat(failures).filteredOn(NodeException.TriedTooOften.class::isInstance)
			.isNotEmpty()
			.allSatisfy((failure) -> assertThat(failure.rest()).isBetween(Duration.ZERO, Duration.ofSeconds(6)));
	}

	@Test
	void aJumpNodeThatRefusesLatchkeyIsNotAskedForEachNodeBehind() {
		Hop hop = new Hop(new Endpoint("127.0.0.1", this.server.getPort(), hostKeys()), "alice",
				ManagementKeyKind.USUAL);
		long begun = System.nanoTime();
		List<NodeException> failures = IntStream.rangeClosed(1, 20)
			.parallel()
			.mapToObj((number) -> new Endpoint("192.0.2." + number, 22, hop.endpoint().hostKeys(), Algorithms.MODERN,
					hop))
			.map((endpoint) -> catchThrowableOfType(NodeException.class,
					() -> this.connector.connectAfresh(endpoint,
							new Login("root", Privilege.ROOT, new Secret.ManagementKey()))))
			.toList();
		assertThat(this.refused).hasValueBetween(1, atMostSince(begun));
		assertThat(failures).hasSize(20).hasAtLeastOneElementOfType(NodeException.TriedTooOften.class);
		assertThat(failures).filteredOn((failure) -> failure.kind() == FailureKind.NO_ROUTE)
			.isNotEmpty()
			.allSatisfy((failure) -> assertThat(failure.remedy()).isEqualTo("node.failure.not-let-in"));
	}

	/** By sshd's defaults, three of them in a row cost no more than it bears. */
	private static int atMostSince(long begun) {
		return 3 + (int) (Duration.ofNanos(System.nanoTime() - begun).toSeconds() / 5);
	}

	private List<HostKey> hostKeys() {
		return this.connector.hostKeysOf("127.0.0.1", this.server.getPort());
	}

}
