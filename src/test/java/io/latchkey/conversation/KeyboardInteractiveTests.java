package io.latchkey.conversation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.ssh.TransportProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A node that takes passwords by keyboard-interactive alone.
 */
class KeyboardInteractiveTests {

	private static final TransportProperties PROPERTIES = TestConnections.deadlines(Patience.of(Duration.ofSeconds(10)),
			Patience.of(Duration.ofSeconds(10)), Patience.of(Duration.ofSeconds(10)),
			Patience.of(Duration.ofSeconds(30)));

	private final TestConnector connector = new TestConnector(PROPERTIES, () -> new byte[0]);

	private final SshServer server = SshServer.setUpDefaultServer();

	@TempDir
	Path folder;

	@AfterEach
	void stop() throws IOException {
		this.server.stop(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Password: ", "Passwort für alice" })
	void answersTheQuestionForThePassword(String question) throws IOException {
		start(question);
		try (NodeConversation conversation = connect("right")) {
			assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("alice")))).accounts()).hasSize(1);
		}
		assertThatExceptionOfType(NodeException.NotLetIn.class).isThrownBy(() -> connect("wrong"))
			.withMessageNotContaining("wrong");
	}

	private NodeConversation connect(String password) {
		Endpoint endpoint = new Endpoint("127.0.0.1", this.server.getPort(),
				this.connector.hostKeysOf("127.0.0.1", this.server.getPort()));
		return this.connector.connect(endpoint,
				new Login("alice", Privilege.SELF, new Secret.Password(password.toCharArray())));
	}

	private void start(String question) throws IOException {
		this.server.setHost("127.0.0.1");
		SimpleGeneratorHostKeyProvider hostKeys = new SimpleGeneratorHostKeyProvider(this.folder.resolve("key"));
		hostKeys.setAlgorithm("EC");
		this.server.setKeyPairProvider(hostKeys);
		this.server.setUserAuthFactories(List.of(new UserAuthKeyboardInteractiveFactory()));
		this.server.setPasswordAuthenticator((user, password, session) -> "right".equals(password));
		this.server.setKeyboardInteractiveAuthenticator(new DefaultKeyboardInteractiveAuthenticator() {

			@Override
			protected String getInteractionPrompt(ServerSession session) {
				return question;
			}

		});
		this.server.setCommandFactory(new ProcessShellCommandFactory());
		this.server.start();
	}

}
