package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresProgram({ "ssh", "ssh-keygen" })
class SandboxNodeTests {

	private static final SshKeyPair KEY = SshKeys.generate();

	private SandboxNode node;

	private Ssh ssh;

	@BeforeEach
	void start(@TempDir Path folder) throws IOException {
		this.node = new SandboxNode("node", folder, "once", Clock.systemUTC());
		this.node.start(0);
		this.ssh = Ssh.to(SandboxNode.ADDRESS, this.node.port());
	}

	@AfterEach
	void stop() throws IOException {
		this.node.close();
	}

	@Test
	void runsCommandsInItsHome() throws IOException {
		authorize("");
		ProgramRun run = run("pwd; printf %s \"$HOME\"; printf wrong >&2; exit 7");
		assertThat(run.output().lines()).containsExactly(this.node.home().toString(), this.node.home().toString());
		assertThat(run.errorOutput()).isEqualTo("wrong");
		assertThat(run.exitStatus()).isEqualTo(7);
	}

	@Test
	void letsInThePasswordAndNoOther() {
		assertThat(this.ssh.letsInWithPassword("deploy", "once")).isTrue();
		assertThat(this.ssh.letsInWithPassword("deploy", "twice")).isFalse();
		assertThat(this.ssh.letsInWithPassword("root", "once")).isFalse();
	}

	@Test
	void letsInNobodyWithoutALine() throws IOException {
		assertThat(letsIn()).isFalse();
		authorize("");
		assertThat(letsIn()).isTrue();
		assertThat(this.ssh.letsIn("root", KEY)).isFalse();
		Files.delete(authorizedKeys());
		assertThat(letsIn()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecdsa", "rsa" })
	void takesEveryKindOfKey(String type) throws IOException {
		SshKeyPair other = SshKeys.generate(type, "-b", type.equals("rsa") ? "2048" : "256");
		authorizeLines(other.publicKey());
		assertThat(this.ssh.letsIn("deploy", other)).isTrue();
	}

	@Test
	void runsOnlyTheCommandOfTheLine() throws IOException {
		authorize("restrict,command=\"printf '%s|' forced \\\"$SSH_ORIGINAL_COMMAND\\\"\" ");
		assertThat(run("printf asked").output()).isEqualTo("forced|printf asked|");
	}

	@Test
	@RequiresProgram("script")
	void grantsATerminalUnlessTheLineForbidsIt() throws IOException {
		authorize("");
		assertThat(this.ssh.runOnTerminal("deploy", KEY.privateKey(), "tty; exit 4")).satisfies((run) -> {
			assertThat(run.output()).startsWith("/dev/");
			assertThat(run.exitStatus()).isEqualTo(4);
		});
		authorize("restrict ");
		assertThat(this.ssh.runOnTerminal("deploy", KEY.privateKey(), "tty").errorOutput())
			.contains("PTY allocation request failed");
	}

	@Test
	void setsTheEnvironmentOfTheLine() throws IOException {
		authorize("environment=\"TICKET=OPS 1\" ");
		assertThat(run("printf %s \"$TICKET\"").output()).isEqualTo("OPS 1");
	}

	@Test
	void letsNobodyInOverAFileThatOthersMayWrite() throws IOException {
		authorize("");
		Files.setPosixFilePermissions(authorizedKeys(), PosixFilePermissions.fromString("rw-rw-r--"));
		assertThat(letsIn()).isFalse();
	}

	@Test
	void namesItselfSoThatExpiryMayBeInUtc() throws IOException {
		try (var socket = new java.net.Socket(SandboxNode.ADDRESS, this.node.port())) {
			assertThat(new String(socket.getInputStream().readNBytes(19), java.nio.charset.StandardCharsets.US_ASCII))
				.isEqualTo("SSH-2.0-OpenSSH_9.9");
		}
	}

	@Test
	void keepsItsHostKey(@TempDir Path folder) throws IOException {
		new SandboxNode("node", folder, "once", Clock.systemUTC()).close();
		String key = Files.readString(folder.resolve("ssh_host_ed25519_key"));
		new SandboxNode("node", folder, "once", Clock.systemUTC()).close();
		assertThat(Files.readString(folder.resolve("ssh_host_ed25519_key"))).isEqualTo(key);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ssh_host_ed25519_key"))))
			.isEqualTo("rw-------");
	}

	@Test
	void feedsACommand() throws IOException {
		authorize("");
		Path script = Objects.requireNonNull(this.node.home().resolve("lines"));
		Files.write(script, List.of("one", "two"));
		assertThat(run("while read -r line; do printf '<%s>' \"$line\"; done < lines | cat").output())
			.isEqualTo("<one><two>");
	}

	private boolean letsIn() {
		return this.ssh.letsIn("deploy", KEY);
	}

	private ProgramRun run(String command) {
		return this.ssh.run("deploy", KEY.privateKey(), command);
	}

	private Path authorizedKeys() {
		return this.node.home().resolve(".ssh/authorized_keys");
	}

	private void authorize(String options) throws IOException {
		authorizeLines(options + KEY.publicKey());
	}

	private void authorizeLines(String... lines) throws IOException {
		Files.createDirectories(authorizedKeys().getParent());
		Files.write(authorizedKeys(), List.of(lines));
		Files.setPosixFilePermissions(authorizedKeys(), PosixFilePermissions.fromString("rw-------"));
	}

}
