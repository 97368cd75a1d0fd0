package io.latchkey.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

import io.latchkey.RequiresProgram;
import io.latchkey.sshd.ProgramRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SandboxTests {

	@TempDir
	private Path path;

	@Test
	void takesOtherPortsWhereTheUsualOnesAreTaken() throws IOException {
		try (Sandbox one = new Sandbox(SandboxFolder.at(this.path.resolve("one")), Clock.systemUTC());
				Sandbox other = new Sandbox(SandboxFolder.at(this.path.resolve("other")), Clock.systemUTC())) {
			one.start();
			other.start();
			assertThat(other.nodes()).hasSize(4)
				.extracting(SandboxNode::port)
				.doesNotHaveDuplicates()
				.doesNotContainAnyElementsOf(one.nodes().stream().map(SandboxNode::port).toList());
		}
	}

	@Test
	@RequiresProgram("ssh")
	void itsCommandLetsInAtOnceAndKnowsTheHostKey() throws IOException {
		SandboxFolder folder = SandboxFolder.at(this.path.resolve("a visitor's"));
		try (Sandbox sandbox = new Sandbox(folder, Clock.systemUTC())) {
			sandbox.start();
			SandboxNode node = sandbox.node(1);
			Files.createDirectories(node.authorizedKeys().getParent(),
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			PrivateFile.write(node.authorizedKeys(), folder.keyOf(SandboxPeople.VISITOR).publicKey() + "\n");
			String command = sandbox.loginCommand(node).replaceFirst("^ssh ", "ssh -F none -o BatchMode=yes ");
			ProgramRun run = ProgramRun.of("sh", "-c", command + " pwd");
			assertThat(run.errorOutput()).isEmpty();
			assertThat(run.output()).isEqualTo(node.home() + "\n");
		}
	}

	@Test
	void keepsItsSecretsFromOneStartToTheNext() throws IOException {
		SandboxFolder folder = SandboxFolder.at(this.path);
		String visitor = folder.keyOf("visitor").publicKey();
		String password = folder.nodePassword();
		SandboxFolder again = SandboxFolder.at(this.path);
		assertThat(again.keyOf("visitor").publicKey()).isEqualTo(visitor).startsWith("ssh-ed25519 ");
		assertThat(again.nodePassword()).isEqualTo(password).isNotEqualTo(again.adminPassword());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(again.keyOf("visitor").path())))
			.isEqualTo("rw-------");
	}

}
