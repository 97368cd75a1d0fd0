package io.latchkey.openssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real sshd is the judge of which files let a key in. {@code KEY} stands for the key,
 * {@code BLOB} for its base64.
 */
@RequiresProgram("sshd")
class AuthorizedKeysFileSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1);

	private static final SshKeyPair KEY = SshKeys.generate();

	private static final int SSH_FAILED = 255;

	private static String account;

	@BeforeAll
	static void chooseAccount() {
		account = nodes.first().accounts().iterator().next();
	}

	static Stream<String> files() {
		return Stream.of("KEY", "KEY\n", "KEY comment\r\n", "KEY\r\n", " \t KEY\n", "ssh-ed25519 \t BLOB\n",
				"# one\r\n\r\nKEY\r\n", "KEY\0 more\n", "\0KEY\n", "\n\nKEY", "restrict KEY\n", "restrict  \tKEY\n",
				"restrict,,No-Pty KEY\n", "restrict, KEY\n", ",restrict KEY\n", "command=\"true\",PTY KEY\n",
				"command=\"echo \\\"a b\\\"\" KEY\n", "command=\"a\\\\\"b\" KEY\n", "from=\"127.0.0.0/8\" KEY\n",
				"environment=\"A=ssh-rsa AAAA\" KEY\n", "\uFEFFKEY\n", "\uFEFFrestrict KEY\n", "\uFEFF\nKEY\n",
				"command=true KEY\n", "command=\"true KEY\n", "command=\"true\"x KEY\n", "command=\"true\\\" KEY\n",
				"fo\"o \"o KEY\n", "=\"x\" KEY\n", "restrict pty KEY\n", "SSH-ED25519 BLOB\n", "ssh-rsa BLOB\n",
				"ssh-ed25519 BLOBAAAA\n", "ssh-ed25519 BLOB=\n", "ssh-ed25519,BLOB\n", "#KEY\n", "\u000BKEY\n",
				"garbage\rKEY\n", "x".repeat(20_000) + "\nKEY\n", "command=\"" + "x".repeat(20_000) + "\" KEY\n");
	}

	@ParameterizedTest
	@MethodSource("files")
	void agreesOnFiles(String template) throws Exception {
		byte[] content = content(template);
		boolean expected = AuthorizedKeysFile.parse(content)
			.lines()
			.stream()
			.flatMap((line) -> line.key().stream())
			.anyMatch(PublicKeyText.parse(KEY.publicKey()).key()::equals);
		assertThat(letsIn(content)).isEqualTo(expected);
	}

	@Test
	void optionsSurviveAsTheyAreWritten() throws Exception {
		String value = "printf '%s|' \"a \\\\ b\" '\\\"' é";
		KeyOptions options = KeyOptions.NONE.with("restrict", null).with("command", value);
		letsIn((options.render() + " " + KEY.publicKey() + "\n").getBytes(StandardCharsets.UTF_8));
		assertThat(Ssh.to(nodes.first()).run(account, KEY.privateKey(), "ignored").output())
			.isEqualTo("a \\ b|\\\"|é|");
	}

	private static boolean letsIn(byte[] content) throws IOException {
		SshdNode node = nodes.first();
		node.authorize(account);
		Files.write(node.authorizedKeys(account), content);
		ProgramRun run = Ssh.to(node).run(account, KEY.privateKey(), "true");
		if (run.exitStatus() == SSH_FAILED) {
			assertThat(run.errorOutput()).contains("Permission denied");
		}
		return run.exitStatus() != SSH_FAILED;
	}

	private static byte[] content(String template) {
		String key = "ssh-ed25519 BLOB";
		return template.replace("KEY", key)
			.replace("BLOB", KEY.publicKey().split(" ")[1])
			.getBytes(StandardCharsets.UTF_8);
	}

}
