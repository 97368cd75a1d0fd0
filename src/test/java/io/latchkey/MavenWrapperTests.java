package io.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which Maven {@code mvnw} takes.
 */
class MavenWrapperTests {

	@TempDir
	private Path path;

	@BeforeEach
	void onlyTheToolsThatTheWrapperUses() throws IOException {
		for (String tool : new String[] { "sed", "dirname", "basename", "uname", "tr", "mktemp", "mkdir", "rm" }) {
			install(tool, "exec %s \"$@\"\n".formatted(find(tool)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "3.8.7", "3.9.16", "3.10.0", "4.0.0-rc-5", "10.1.0" })
	void takesANewEnoughMavenFromThePath(String version) throws Exception {
		installMaven(version);
		assertThat(run()).isEqualTo("maven " + version + " ran: verify -Dx=a b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.2.1", "3.0.5", "3.6.3" })
	void downloadsWhereMavenIsTooOld(String version) throws Exception {
		installMaven(version);
		assertThat(run()).contains("/wrapper/dists/apache-maven-3.9.16");
	}

	@Test
	void downloadsWhereThereIsNoMaven() throws Exception {
		assertThat(run()).contains("/wrapper/dists/apache-maven-3.9.16");
	}

	@Test
	void downloadsFromApachesArchive() throws IOException {
		assertThat(Path.of(".mvn/wrapper/maven-wrapper.properties")).content()
			.contains("distributionUrl=https://archive.apache.org/dist/maven/");
	}

	private void installMaven(String version) throws IOException {
		install("mvn", """
				if [ "$2" = --version ]; then
					printf '\\033[1mApache Maven %1$s (abc)\\033[m\\nJava version: 17.0.15\\n'
				else
					printf 'maven %1$s ran: %%s' "$*"
				fi
				""".formatted(version));
	}

	private void install(String program, String script) throws IOException {
		Path file = Files.writeString(this.path.resolve(program), "#!/bin/sh\n" + script);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
	}

	/**
	 * Without a Java the wrapper stops before it downloads; its trace says where it would
	 * have put Maven.
	 */
	private String run() throws Exception {
		ProcessBuilder wrapper = new ProcessBuilder("./mvnw", "verify", "-Dx=a b").redirectErrorStream(true);
		wrapper.environment().clear();
		wrapper.environment().put("PATH", this.path.toString());
		wrapper.environment().put("HOME", this.path.toString());
		wrapper.environment().put("MVNW_VERBOSE", "debug");
		Process process = wrapper.start();
		String output = new String(process.getInputStream().readAllBytes());
		process.waitFor();
		return output;
	}

	private static Path find(String tool) {
		Path inUsrBin = Path.of("/usr/bin", tool);
		return Files.isExecutable(inUsrBin) ? inUsrBin : Path.of("/bin", tool);
	}

}
