package io.latchkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every shell script that the repository holds.
 */
class ScriptsTests {

	static Stream<Path> scripts() throws IOException {
		try (Stream<Path> files = Stream
			.of("script", ".ci", "docker", "src/main/resources/node", "src/test/resources/nodes")
			.map(Path::of)
			.filter(Files::isDirectory)
			.flatMap(ScriptsTests::filesBelow)
			.filter(ScriptsTests::isShell)) {
			return files.toList().stream();
		}
	}

	@Test
	void thereAreScripts() throws IOException {
		assertThat(scripts()).extracting(Path::toString).contains("script/test", ".ci/run");
	}

	@ParameterizedTest
	@MethodSource("scripts")
	@RequiresProgram("shellcheck")
	void shellcheckFindsNothing(Path script) throws Exception {
		Process shellcheck = new ProcessBuilder(List.of("shellcheck", "--external-sources", script.toString()))
			.redirectErrorStream(true)
			.start();
		String findings = new String(shellcheck.getInputStream().readAllBytes());
		assertThat(shellcheck.waitFor()).as(findings).isZero();
	}

	private static Stream<Path> filesBelow(Path folder) {
		try {
			return Files.walk(folder).filter(Files::isRegularFile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isShell(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.findFirst().filter((first) -> first.matches("#!.*\\b(ba|da)?sh")).isPresent();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
