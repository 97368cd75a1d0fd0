package io.latchkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestRunTests {

	/** {@code spring-boot:test-run} starts what it finds, and refuses to choose. */
	@Test
	void findsOneProgramAmongTheTests() throws IOException {
		try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
			assertThat(sources.filter((file) -> file.toString().endsWith(".java"))
				.filter(TestRunTests::isProgram)
				.map((file) -> file.getFileName().toString())).containsExactly("TestLatchkeyApplication.java");
		}
	}

	private static boolean isProgram(Path source) {
		try {
			return Files.readString(source).contains("public static void " + "main(");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
