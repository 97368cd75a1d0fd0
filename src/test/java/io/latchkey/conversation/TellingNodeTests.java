package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.latchkey.Patience;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A node that repeats the password it was told, in whatever it may say.
 */
class TellingNodeTests {

	private static final String PASSWORD = "hunter2-of-somebody-elses";

	private final TestConnector connector = new TestConnector(
			TestConnections.deadlines(Patience.of(Duration.ofSeconds(10)), Patience.of(Duration.ofSeconds(10)),
					Patience.of(Duration.ofSeconds(10)), Patience.of(Duration.ofSeconds(30))),
			() -> new byte[0]);

	private final SshServer server = SshServer.setUpDefaultServer();

	@TempDir
	Path folder;

	@AfterEach
	void stop() throws IOException {
		this.server.stop(true);
	}

	@Test
	void isNotRepeatedWhenItHangsUpWithThePassword() {
		start((session, password) -> {
			try {
				session.disconnect(SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME, "No good: " + password);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		assertTellsNothing();
	}

	@Test
	void isNotRepeatedWhenItRefusesThePasswordByName() {
		start((session, password) -> {
			try {
				session.disconnect(SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE, password);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		assertTellsNothing();
	}

	private void assertTellsNothing() {
		Endpoint endpoint = new Endpoint("127.0.0.1", this.server.getPort(),
				this.connector.hostKeysOf("127.0.0.1", this.server.getPort()));
		NodeException failure = catchThrowableOfType(NodeException.class, () -> this.connector.connect(endpoint,
				new Login("alice", Privilege.SELF, new Secret.Password(PASSWORD.toCharArray()))));
		assertThat(textsOf(failure)).hasSizeGreaterThanOrEqualTo(1).noneMatch((text) -> text.contains(PASSWORD));
		assertThat(Objects.requireNonNull(failure.handshakeLog())).contains("Authentications that can continue")
			.doesNotContain(PASSWORD);
	}

	private static List<String> textsOf(Throwable failure) {
		List<String> texts = new ArrayList<>();
		for (Throwable next = failure; next != null; next = next.getCause()) {
			texts.add(next.toString());
		}
		return texts;
	}

	private void start(BiConsumer<ServerSession, String> whenTold) {
		this.server.setHost("127.0.0.1");
		SimpleGeneratorHostKeyProvider hostKeys = new SimpleGeneratorHostKeyProvider(this.folder.resolve("key"));
		hostKeys.setAlgorithm("EC");
		this.server.setKeyPairProvider(hostKeys);
		this.server.setPasswordAuthenticator((user, password, session) -> {
			whenTold.accept(session, password);
			return false;
		});
		try {
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
