package io.latchkey.conversation.accounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.latchkey.conversation.protocol.NodeAnswer;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.NodeSide;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What every shell tells of an account. */
class ExaminationShellsTests {

	@TempDir
	private Path folder;

	static List<String> shells() {
		return NodeSide.isPossible() ? NodeSide.shells() : List.of("sh");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void tellsOfTheOwnAccount(String shell) throws IOException {
		Assumptions.assumeTrue(NodeSide.isPossible());
		Path ssh = Files.createDirectories(this.folder.resolve(".ssh"));
		Files.writeString(ssh.resolve("authorised keys"), "");
		Files.createSymbolicLink(ssh.resolve("authorized_keys"), Path.of("/else where"));
		try (NodeSide side = NodeSide.under(shell).home(this.folder).start("self")) {
			AccountExamination told = examine(side, "me", ssh.resolve("authorized_keys"));
			assertThat(told.entry()).isNotNull();
			assertThat(told.steps()).extracting(AccountExamination.ExaminedFile::path)
				.startsWith("/")
				.endsWith(this.folder.toString(), ssh.toString(), ssh.resolve("authorized_keys").toString());
			assertThat(told.links()).containsEntry(ssh.resolve("authorized_keys").toString(), "/else where");
			assertThat(told.near()).extracting(AccountExamination.ExaminedFile::path)
				.contains(ssh.resolve("authorised keys").toString());
			assertThat(told.room()).isNotNull();
		}
	}

	@ParameterizedTest
	@MethodSource("shells")
	void tellsOfAnotherAccountWithItsRights(String shell) throws IOException {
		Assumptions.assumeTrue(NodeSide.isPossible() && NodeSide.isRoot());
		try (NodeSide side = NodeSide.under(shell).start("all")) {
			AccountExamination told = examine(side, "nobody", Path.of("/root/.ssh/authorized_keys"));
			assertThat(told.entry()).isNotNull();
			assertThat(told.shadow()).isNotNull();
			assertThat(told.steps()).extracting(AccountExamination.ExaminedFile::path).containsExactly("/", "/root");
			assertThat(told.room()).isNotNull().extracting(AccountExamination.DiskRoom::writable).isEqualTo(false);
		}
	}

	private static AccountExamination examine(NodeSide side, String account, Path path) throws IOException {
		side.learn(NodeScript.Words.ASK_SSHD).learn(NodeScript.Words.DOCTOR);
		String first = side.ask(new ExamineAccount(account, path.toString()).text(NodeAnswer.ROOT).strip());
		boolean[] begun = { false };
		return new ExaminationAnswer().read(() -> {
			String line = begun[0] ? side.line() : first;
			begun[0] = true;
			return line;
		});
	}

}
