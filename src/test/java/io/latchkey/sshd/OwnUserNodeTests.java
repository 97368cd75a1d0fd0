package io.latchkey.sshd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.latchkey.RequiresProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresProgram("sshd")
class OwnUserNodeTests {

	private final SshKeyPair key = SshKeys.generate();

	@Test
	void letsInTheCallingUserAndLeavesTheirHomeAlone(@TempDir Path folder) throws IOException {
		SshdNode node = new SshdNode(folder.resolve("node"), Isolation.OWN_USER, List.of("127.99.0.1"), List.of());
		String user = node.accounts().iterator().next();
		node.start();
		try {
			assertThat(Ssh.to(node).letsIn(user, this.key)).isFalse();
			node.authorize(user, this.key.publicKey());
			assertThat(Ssh.to(node).run(user, this.key.privateKey(), "printf %s \"$HOME\"").output())
				.isEqualTo(node.home(user).toString());
			node.authorize(user, "expiry-time=\"20200101\" " + this.key.publicKey());
			assertThat(Ssh.to(node).letsIn(user, this.key)).isFalse();
			assertThat(node.home(user)).startsWith(folder);
		}
		finally {
			node.stop();
		}
	}

}
