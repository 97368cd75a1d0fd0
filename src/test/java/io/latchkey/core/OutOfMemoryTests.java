package io.latchkey.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutOfMemoryTests {

	/** Each of these starts Latchkey, and must not leave it up and mute. */
	@ParameterizedTest
	@ValueSource(strings = { "Dockerfile", "pom.xml" })
	void endsTheProcessHoweverItIsStarted(String file) throws Exception {
		assertThat(Files.readString(Path.of(file))).contains("-XX:+" + OutOfMemoryCheck.OPTION);
	}

	@Test
	void isKnownToEndTheProcess() throws Exception {
		assertThat(told("-XX:+" + OutOfMemoryCheck.OPTION)).isEqualTo("true");
		assertThat(told("-XX:-" + OutOfMemoryCheck.OPTION)).isEqualTo("false");
	}

	private static String told(String option) throws Exception {
		Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option,
				"-cp", System.getProperty("java.class.path"), Asked.class.getName())
			.redirectErrorStream(true)
			.start();
		String told = new String(java.getInputStream().readAllBytes());
		assertThat(java.waitFor(1, TimeUnit.MINUTES)).isTrue();
		return told.strip();
	}

	/** A process that says whether it would end. */
	static class Asked {

		public static void main(String[] arguments) {
			System.out.print(OutOfMemoryCheck.endsTheProcess());
		}

	}

}
