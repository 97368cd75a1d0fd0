package io.latchkey.conversation.changes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.NodeSide;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pairs that are made on the node, and files that go, with every shell that is installed.
 */
@PatientTimeout(seconds = 60)
@RequiresProgram({ "unshare", "dash", "bash", "busybox", "ssh-keygen" })
class NodeKeyPairsTests {

	@TempDir
	Path folder;

	private Path ssh = Path.of("");

	private Path key = Path.of("");

	static List<String> shells() {
		return NodeSide.shells();
	}

	@BeforeEach
	void places() {
		this.ssh = this.folder.resolve(".ssh");
		this.key = this.ssh.resolve("latchkey_prod@1");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void makesAPairOnceForItsAccountAlone(String shell) throws Exception {
		try (NodeSide side = start(shell)) {
			assertThat(side.ask("keypair me " + this.key)).isEqualTo("paired");
			String privateHalf = Files.readString(this.key);
			assertThat(side.ask("keypair me " + this.key)).isEqualTo("paired");
			assertThat(Files.readString(this.key)).isEqualTo(privateHalf);
			String publicHalf = new String(side.read("me", this.key + ".pub"), StandardCharsets.UTF_8);
			assertThat(publicHalf).startsWith("ssh-ed25519 ").endsWith(" latchkey\n");
			assertThat(PublicKeyText.parse(publicHalf).key().render())
				.isEqualTo(PublicKeyText.parse(ProgramRun.of("ssh-keygen", "-y", "-f", this.key.toString()).output())
					.key()
					.render());
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.key))).isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.ssh))).isEqualTo("rwx------");
			assertThat(names()).containsExactly("latchkey_prod@1", "latchkey_prod@1.pub");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void givesAPairItsPublicHalfAndItsModeBack(String shell) throws Exception {
		try (NodeSide side = start(shell)) {
			side.ask("keypair me " + this.key);
			String publicHalf = Files.readString(this.key.resolveSibling("latchkey_prod@1.pub"));
			Files.delete(this.key.resolveSibling("latchkey_prod@1.pub"));
			Files.setPosixFilePermissions(this.key, PosixFilePermissions.fromString("rw-r--r--"));
			assertThat(side.ask("keypair me " + this.key)).isEqualTo("paired");
			assertThat(Files.readString(this.key.resolveSibling("latchkey_prod@1.pub")).split(" ")[1].strip())
				.isEqualTo(publicHalf.split(" ")[1]);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.key))).isEqualTo("rw-------");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void leavesWhatIsNoPair(String shell) throws Exception {
		Files.createDirectories(this.ssh);
		Path elsewhere = Files.writeString(this.folder.resolve("elsewhere"), "mine\n");
		Files.createSymbolicLink(this.key, elsewhere);
		Path text = Files.writeString(this.ssh.resolve("latchkey_prod@2"), "no key\n");
		try (NodeSide side = start(shell)) {
			assertThat(side.ask("keypair me " + this.key)).startsWith("failed symlink ");
			assertThat(side.ask("keypair me " + text)).startsWith("failed io ");
			assertThat(side.ask("keypair me relative")).startsWith("failed io ");
			assertThat(elsewhere).hasContent("mine\n");
			assertThat(names()).containsExactly("latchkey_prod@1", "latchkey_prod@2");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void removesOnlyWhatWasExpected(String shell) throws Exception {
		Files.createDirectories(this.ssh);
		byte[] content = "Host a\n".getBytes(StandardCharsets.UTF_8);
		Path file = Files.write(this.ssh.resolve("latchkey_config"), content);
		String another = ContentHash.of(new byte[0]);
		try (NodeSide side = start(shell)) {
			assertThat(side.ask("remove me %s %s".formatted(another, file)))
				.isEqualTo("changed " + ContentHash.of(content));
			assertThat(file).exists();
			assertThat(side.ask("remove me %s %s".formatted(ContentHash.of(content), file))).isEqualTo("removed");
			assertThat(file).doesNotExist();
			assertThat(side.ask("remove me %s %s".formatted(ContentHash.of(content), file))).isEqualTo("changed -");
			assertThat(side.ask("remove me - " + file)).startsWith("failed io ");
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void saysOfEachHostWhatSshSays(String shell) throws Exception {
		try (NodeSide side = start(shell)) {
			List<String> answers = Stream
				.of(side.ask("reach me 3\nhost nowhere.invalid\nhost -oProxyCommand=x\nhost a;b"), side.line(),
						side.line(), side.line())
				.sorted()
				.toList();
			assertThat(answers.get(0)).startsWith("reached 0 failed ").contains("nowhere.invalid");
			assertThat(answers.subList(1, 4)).containsExactly("reached 1 failed not a host",
					"reached 2 failed not a host", "tried");
		}
	}

	private NodeSide start(String shell) throws IOException {
		return NodeSide.under(shell).home(this.folder).start("self").learn(NodeScript.Words.SELDOM);
	}

	private List<String> names() throws IOException {
		try (Stream<Path> files = Files.list(this.ssh)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

}
