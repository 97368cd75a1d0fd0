package io.latchkey.core;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutOfMemoryTests {

	/** Each of these starts Latchkey, and must not leave it up and mute. */
	@ParameterizedTest
	@ValueSource(strings = { "Dockerfile", "pom.xml", "script/install" })
	void endsTheProcessHoweverItIsStarted(String file) throws Exception {
		assertThat(Files.readString(Path.of(file))).contains("-XX:+" + OutOfMemoryCheck.OPTION);
	}

	/** The tests' own process is started with it by Maven. */
	@Test
	void isKnownToEndTheProcess() {
		assertThat(OutOfMemoryCheck.endsTheProcess()).isEqualTo(
				ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:+" + OutOfMemoryCheck.OPTION));
	}

}
