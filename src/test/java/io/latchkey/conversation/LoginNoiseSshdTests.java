package io.latchkey.conversation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.latchkey.RequiresProgram;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.sessions.EndedSessions;
import io.latchkey.conversation.sessions.EndedSessions.Obstacle;
import io.latchkey.conversation.sessions.SessionQuery;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.NodeException.TimedOut;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Accounts whose shell prints before the script speaks, or does something else.
 */
@RequiresProgram({ "sshd", "bash" })
class LoginNoiseSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private final SshdNode node = nodes.first();

	private final TestConnector connector = connector(Duration.ofSeconds(15));

	@BeforeEach
	void authorize() {
		this.node.authorize("latchkey", TestConnector.KEY.publicKey());
		this.node.setShell("latchkey", "/bin/bash");
	}

	@AfterEach
	void restore() throws IOException {
		this.node.setShell("latchkey", "/bin/sh");
		Files.deleteIfExists(file(".bashrc"));
		Files.deleteIfExists(file(".ssh/rc"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "printf '\\033[?25l'", "printf 'latchkey-node 1 '", "printf 'latchkey-sessions 1 '",
			"echo Welcome; printf 'you have mail'", "printf 'Gr\\374\\337e\\n\\377\\376'", "printf '\\r\\n\\r\\0'",
			"printf '%9000s' x", "trap 'echo gone' EXIT", "echo noise >&2", "printf '%9000s' x >&2", "stty erase '^H'",
			"tput init", "set -v", "set -x", "exec 2>&1; stty -a; echo; type nothing" })
	void printsWhatItLikesBeforeTheScript(String line) throws IOException {
		rc(".bashrc", line);
		assertHeard();
	}

	/** Shells that are not all POSIX, each with what its own rc file prints. */
	@Test
	void speaksTheSameWithEveryShell() throws IOException {
		Map<String, String> rcFiles = Map.of("/usr/bin/fish", ".config/fish/config.fish", "/bin/csh", ".cshrc",
				"/bin/tcsh", ".tcshrc", "/usr/bin/zsh", ".zshenv", "/bin/mksh", ".mkshrc", "/bin/ksh", ".kshrc");
		for (Map.Entry<String, String> shell : rcFiles.entrySet()) {
			if (Files.isExecutable(Path.of(shell.getKey()))) {
				this.node.setShell("latchkey", shell.getKey());
				Files.createDirectories(file(shell.getValue()).getParent());
				rc(shell.getValue(), "printf 'you have mail'");
				assertHeard();
			}
		}
	}

	@Test
	void printsInTheRcFileOfSshItself() throws IOException {
		rc(".ssh/rc", "printf 'motd of the house'");
		assertHeard();
	}

	@Test
	void isNamedWhenItPrintsWithoutEnd() throws IOException {
		rc(".bashrc", "while printf 'Is anybody there? '; do :; done");
		assertThat(failure(this.connector)).returns(FailureKind.SHELL_NOISE, NodeException::kind)
			.hasMessageContaining("the login shell of latchkey printed \"Is anybody there? Is anybody there?")
			.hasMessageContaining("has no end of it after 65536 bytes");
	}

	@Test
	void isNamedWhenItAsksAndWaits() throws IOException {
		rc(".bashrc", "printf 'Press a key: '; sleep 60");
		assertThat(failure(connector(Duration.ofSeconds(2)))).returns(FailureKind.SHELL_NOISE, NodeException::kind)
			.hasMessageContaining("printed \"Press a key:\"")
			.hasMessageContaining("was not heard of within 2 s");
	}

	@Test
	void isNamedWhenItReadsTheScriptItself() throws IOException {
		rc(".bashrc", "printf 'Your choice: '; cat >/dev/null; sleep 60");
		assertThat(failure(connector(Duration.ofSeconds(2)))).returns(FailureKind.SHELL_NOISE, NodeException::kind);
	}

	@Test
	void isNoFirewallWhenItWaitsInSilence() throws IOException {
		rc(".bashrc", "sleep 60");
		NodeException failure = failure(connector(Duration.ofSeconds(2)));
		assertThat(failure).isInstanceOf(TimedOut.class);
		assertThat(failure.remedy()).isEqualTo("node.failure.timed-out.let-in");
	}

	@Test
	void saysWhyThereIsNoShellBehindMuchNoise() throws IOException {
		rc(".bashrc", "printf '%70000s' x >&2; echo 'not today' >&2; exit 3");
		assertThat(failure(this.connector)).returns(FailureKind.NO_SHELL, NodeException::kind)
			.hasMessageContaining("exit status 3")
			.hasMessageContaining("not today");
	}

	/** As those who speak no POSIX shell say it. */
	@ParameterizedTest
	@ValueSource(strings = { "fatal: unrecognized command 'exec /bin/sh'", "% Invalid input detected at '^' marker.",
			"'exec' is not recognized as an internal or external command, operable program or batch file.",
			"exec : The term 'exec' is not recognized as the name of a cmdlet, function, script file, or program." })
	void namesTheShellThatIsNone(String said) throws IOException {
		Path shell = file("shell");
		Files.writeString(shell, "#!/bin/sh\ncat <<'E'\n%s\nE\nexit 1\n".formatted(said));
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/shell");
		assertThat(failure(this.connector)).returns(FailureKind.NO_SHELL, NodeException::kind)
			.hasMessageContaining(said.substring(0, 20));
	}

	@Test
	void namesARestrictedShell() throws IOException {
		Path shell = file("rbash");
		Files.writeString(shell, "#!/bin/sh\nexec bash -r \"$@\"\n");
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/rbash");
		assertThat(failure(this.connector)).returns(FailureKind.NO_SHELL, NodeException::kind)
			.hasMessageContaining("restricted");
	}

	/** By both channels: that of the conversation, and that for sessions. */
	private void assertHeard() {
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint(), login())) {
			assertThat(conversation.ask(new ObserveFiles(List.of(new FileQuery("latchkey")))).accounts())
				.extracting(ObservedFile::presence)
				.containsExactly(Presence.FILE);
			List<EndedSessions> ended = conversation.endSessions(List.of(new SessionQuery("latchkey",
					PublicKeyText.parse(TestConnector.KEY.publicKey()).key().fingerprint())));
			assertThat(ended).singleElement()
				.satisfies((each) -> assertThat(each.obstacle()).as(each.detail()).isNotEqualTo(Obstacle.NOT_ASKED));
		}
		catch (io.latchkey.openssh.InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private NodeException failure(TestConnector by) {
		return catchThrowableOfType(NodeException.class, () -> {
			try (NodeConversation conversation = by.connectAfresh(endpoint(), login())) {
				conversation.ask(new ObserveFiles(List.of()));
			}
		});
	}

	private void rc(String name, String text) throws IOException {
		Path file = file(name);
		Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
		this.node.own("latchkey", file, "rw-r--r--");
	}

	private Path file(String name) {
		return this.node.home("latchkey").resolve(name);
	}

	private Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

	private static TestConnector connector(Duration answerTimeout) {
		return TestConnector.of(TestConnections.deadlines(Duration.ofSeconds(5), Duration.ofSeconds(10), answerTimeout,
				Duration.ofSeconds(60)));
	}

	private static Login login() {
		return new Login("latchkey", Privilege.SELF, new Secret.ManagementKey());
	}

}
