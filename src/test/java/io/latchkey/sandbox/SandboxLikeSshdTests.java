package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real sshd and the sandbox must judge the same lines alike.
 */
@RequiresProgram("sshd")
class SandboxLikeSshdTests {

	private static final SshKeyPair KEY = SshKeys.generate();

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1);

	private static SandboxNode sandbox;

	@BeforeAll
	static void start(@TempDir Path folder) throws IOException {
		sandbox = new SandboxNode("sandbox", folder, "once", Clock.systemUTC());
		sandbox.start(0);
		Files.createDirectories(sandbox.home().resolve(".ssh"));
	}

	@AfterAll
	static void stop() throws IOException {
		sandbox.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "KEY", "", "# only a comment", "expiry-time=\"20200101\" KEY",
			"expiry-time=\"20200101\" KEY\nKEY", "expiry-time=\"29990101\" KEY", "expiry-time=\"299901011200Z\" KEY",
			"expiry-time=\"20200101120000Z\" KEY", "expiry-time=\"2999-01-01\" KEY", "expiry-time=\"29990231\" KEY",
			"expiry-time=\"29990101\",expiry-time=\"20200101\" KEY", "EXPIRY-TIME=\"20200101\" KEY",
			"from=\"127.0.0.0/8\" KEY", "from=\"10.0.0.0/8\" KEY", "from=\"127.*\" KEY",
			"from=\"127.*,!127.0.0.?\" KEY", "from=\"!10.1.1.1\" KEY", "from=\"127.0.0.0/8\",from=\"127.0.0.0/8\" KEY",
			"frobnicate KEY", "from KEY", "restrict KEY", "restrict=\"yes\" KEY", "no-restrict KEY", "restrict,pty KEY",
			"no-pty,no-touch-required KEY", "command=\"exit 3\" KEY", "command=\"a\",command=\"b\" KEY",
			"command=\"unclosed KEY", "permitopen=\"localhost:80\" KEY", "environment=\"A=1\" KEY",
			"environment=\"A B=1\" KEY", "environment=\"A\" KEY", "cert-authority KEY", "restrict, pty KEY",
			"restrict,,pty KEY", "   KEY", "\tKEY", "ssh-ed25519 AAAA broken\nKEY", "tunnel=\"1\" KEY" })
	void judgesAlike(String lines) throws IOException {
		String content = lines.replace("KEY", KEY.publicKey());
		Files.writeString(sandbox.home().resolve(".ssh/authorized_keys"), content);
		assertThat(Ssh.to(SandboxNode.ADDRESS, sandbox.port()).letsIn(SandboxNode.ACCOUNT, KEY))
			.isEqualTo(sshdLetsIn(content));
	}

	private static boolean sshdLetsIn(String content) {
		SshdNode node = nodes.first();
		String account = node.accounts().iterator().next();
		node.authorize(account, content);
		return Ssh.to(node).letsIn(account, KEY);
	}

}
