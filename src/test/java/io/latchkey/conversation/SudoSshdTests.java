package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.FailureKind;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the real sudo of a node refuses, and what Latchkey makes of it. */
@RequiresProgram({ "sshd", "sudo" })
class SudoSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	@BeforeEach
	void authorize() {
		this.node.authorize("latchkey", TestConnector.KEY.publicKey());
	}

	@AfterEach
	void restore() {
		this.node.setSudoers();
		this.node.setShell("latchkey", "/bin/sh");
	}

	@Test
	void letsInWithTheLineThatItAsksFor() {
		this.node.setSudoers("root ALL=(ALL) ALL", "Defaults requiretty", "latchkey ALL=(root) NOPASSWD: ALL",
				"Defaults:latchkey !requiretty");
		try (NodeConversation conversation = connect()) {
			assertThat(conversation.ask(new ObserveFiles(List.of())).facts().uid()).isZero();
		}
	}

	@Test
	void saysThatSudoAsksForAPassword() {
		this.node.setSudoers("latchkey ALL=(ALL) ALL");
		assertThat(refused().kind()).isEqualTo(FailureKind.SUDO_PASSWORD);
		this.node.setSudoers("root ALL=(ALL) ALL");
		assertThat(refused()).satisfies((refused) -> {
			assertThat(refused.kind()).isEqualTo(FailureKind.SUDO_PASSWORD);
			assertThat(refused.remedyArguments()).containsExactly("latchkey");
			assertThat(refused).hasMessageContaining("a password is required");
		});
	}

	@Test
	void saysThatSudoWantsATerminal() {
		this.node.setSudoers("Defaults requiretty", "latchkey ALL=(ALL) NOPASSWD: ALL");
		assertThat(refused().kind()).isEqualTo(FailureKind.SUDO_TERMINAL);
	}

	@Test
	void saysThatTheAccountMayNot() {
		this.node.setSudoers("Defaults !authenticate", "root ALL=(ALL) ALL");
		assertThat(refused().kind()).isEqualTo(FailureKind.SUDO_NOT_ALLOWED);
		this.node.setSudoers("Defaults !authenticate", "latchkey ALL=(ALL) /bin/true");
		assertThat(refused()).satisfies((refused) -> {
			assertThat(refused.kind()).isEqualTo(FailureKind.SUDO_NOT_ALLOWED);
			assertThat(refused).hasMessageContaining("not allowed to execute /bin/sh as root");
		});
	}

	@Test
	void saysThatSudoIsMissing() throws IOException {
		Path folder = Files.createDirectories(this.node.home("latchkey").resolve("bin"));
		this.node.own("latchkey", folder, "rwxr-xr-x");
		Files.deleteIfExists(folder.resolve("env"));
		Files.createSymbolicLink(folder.resolve("env"), Path.of("/usr/bin/env"));
		shell("PATH=/home/latchkey/bin exec /bin/sh \"$@\"");
		assertThat(refused().kind()).isEqualTo(FailureKind.SUDO_MISSING);
	}

	@Test
	void repeatsWhatElseSudoSays() {
		this.node.setSudoers("latchkey ALL=(ALL) NOPASSWD: ALL");
		shell("exec setpriv --no-new-privs /bin/sh \"$@\"");
		assertThat(refused()).satisfies((refused) -> {
			assertThat(refused.kind()).isEqualTo(FailureKind.SUDO_OTHER);
			assertThat(refused).hasMessageContaining("no new privileges");
		});
	}

	private NodeException refused() {
		try (NodeConversation conversation = connect()) {
			return catchThrowableOfType(NodeException.class, () -> conversation.ask(new ObserveFiles(List.of())));
		}
	}

	private NodeConversation connect() {
		return this.connector.connect(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)),
				new Login("latchkey", Privilege.SUDO, new Secret.ManagementKey()));
	}

	private void shell(String commands) {
		try {
			Path shell = this.node.home("latchkey").resolve("shell");
			Files.writeString(shell, "#!/bin/sh\n" + commands + "\n");
			this.node.own("latchkey", shell, "rwxr-xr-x");
			this.node.setShell("latchkey", "/home/latchkey/shell");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
