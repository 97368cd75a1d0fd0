package io.latchkey.sshd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

import io.latchkey.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@RequiresProgram("sshd")
class SshdNodesTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(2).withOwnAccounts();

	private final SshKeyPair key = SshKeys.generate();

	private final SshdNode node = nodes.first();

	private final Ssh ssh = Ssh.to(this.node);

	@Test
	void letsInAKey() {
		this.node.authorize("alice", this.key.publicKey());
		assertThat(this.ssh.letsIn("alice", this.key)).isTrue();
		assertThat(this.ssh.letsIn("deploy", this.key)).isFalse();
		assertThat(Ssh.to(nodes.get(1)).letsIn("alice", this.key)).isFalse();
	}

	@Test
	void letsInAPassword() {
		assertThat(this.node.accounts())
			.allSatisfy((account) -> assertThat(this.ssh.letsInWithPassword(account, this.node.password())).isTrue());
		assertThat(this.ssh.letsInWithPassword("deploy", "another")).isFalse();
	}

	@Test
	void refusesAKeyWhoseTimeIsOver() {
		this.node.authorize("root", "expiry-time=\"20200101\" " + this.key.publicKey());
		assertThat(this.ssh.letsIn("root", this.key)).isFalse();
		this.node.authorize("root", "expiry-time=\"29990101\" " + this.key.publicKey());
		assertThat(this.ssh.letsIn("root", this.key)).isTrue();
	}

	@Test
	void hasHomesOfItsOwn() throws IOException {
		this.node.authorize("root", this.key.publicKey());
		ProgramRun run = this.ssh.run("root", this.key.privateKey(), "pwd; ls -A /home; cat .ssh/authorized_keys");
		assertThat(run.output().lines()).containsExactly("/root", "alice", "deploy", "latchkey", this.key.publicKey());
		assertThat(this.node.authorizedKeys("root")).hasContent(this.key.publicKey());
	}

	@Test
	void showsItsHostKeys() {
		assertThat(this.node.hostKeyFingerprints()).hasSize(2).allMatch((each) -> each.startsWith("SHA256:"));
		assertThat(this.node.hostKeys().get(0)).startsWith("ssh-ed25519 ");
	}

	@Test
	void comesBackWithAnotherHostKey() {
		this.node.authorize("alice", this.key.publicKey());
		assertThat(this.ssh.letsIn("alice", this.key)).isTrue();
		this.node.withNewHostKey();
		assertThatIllegalStateException().isThrownBy(() -> this.ssh.letsIn("alice", this.key))
			.withMessageContaining("Host key verification failed");
		assertThat(Ssh.to(this.node).letsIn("alice", this.key)).isTrue();
	}

	@Test
	void isGoneWhileStopped() {
		this.node.authorize("alice", this.key.publicKey());
		this.node.stop();
		assertThatIllegalStateException().isThrownBy(() -> this.ssh.letsIn("alice", this.key))
			.withMessageContaining("Connection refused");
		this.node.start();
		assertThat(this.ssh.letsIn("alice", this.key)).isTrue();
	}

	@Test
	void isMuteWhilePaused() throws IOException {
		this.node.pause();
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(this.node.address(), this.node.port()), 1000);
			socket.setSoTimeout(200);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
		}
		finally {
			this.node.resume();
		}
		assertThat(this.ssh.letsInWithPassword("alice", this.node.password())).isTrue();
	}

	@Test
	void runsCommandsInside() {
		this.node.runInside("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", "/home/alice");
		assertThat(this.node.runInside("df", "/home/alice").output()).contains("tmpfs").contains("16");
		this.node.restart();
		assertThat(this.node.runInside("df", "/home/alice").output()).doesNotContain("tmpfs");
	}

	@Test
	void givesAnAccountAnotherShell() {
		this.node.setShell("latchkey", "/bin/false");
		assertThat(this.ssh.runWithPassword("latchkey", this.node.password(), "true").exitStatus()).isEqualTo(1);
		this.node.setShell("latchkey", "/bin/sh");
		assertThat(this.ssh.runWithPassword("latchkey", this.node.password(), "true").exitStatus()).isZero();
	}

}
