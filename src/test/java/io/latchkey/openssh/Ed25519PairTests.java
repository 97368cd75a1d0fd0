package io.latchkey.openssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresProgram("ssh-keygen")
class Ed25519PairTests {

	/** Several: whether a sign or a padding is right may hang on the bytes. */
	@RepeatedTest(5)
	void sshKeygenReadsBothHalvesAsOnePair(@TempDir Path folder) throws IOException {
		try (Ed25519Pair pair = Ed25519Pair.generate("latchkey cluster prod")) {
			Path file = folder.resolve("key");
			Files.write(file, pair.privateKey());
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
			ProgramRun run = ProgramRun.of("ssh-keygen", "-y", "-P", "", "-f", file.toString());
			assertThat(run.output().strip()).isEqualTo(pair.publicKey().render() + " latchkey cluster prod");
			assertThat(pair).asString().doesNotContain("PRIVATE");
		}
	}

}
