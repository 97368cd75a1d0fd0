package io.latchkey.diagnosis.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each check has a name, and each of its troubles says what follows, from what, and the
 * mend.
 */
class CheckTextsTests {

	private static final Path FOLDER = Path.of("src/main/java/io/latchkey/diagnosis/checks");

	private static final Pattern TROUBLE = Pattern.compile("(?:problem|warning|trouble)\\(\"([a-z0-9.-]+)\"[,)]");

	private static final Pattern ID = Pattern.compile("String id\\(\\) \\{\\s*return \"([a-z-]+)\";");

	@Test
	void everyTroubleHasItsTexts() throws IOException {
		Properties messages = new Properties();
		try (var in = Files.newInputStream(Path.of("src/main/resources/messages.properties"))) {
			messages.load(in);
		}
		assertThat(found(TROUBLE)).hasSizeGreaterThan(30)
			.allSatisfy((code) -> assertThat(messages).containsKeys("finding.doctor." + code,
					"finding.doctor." + code + ".rule", "finding.doctor." + code + ".mend"));
		assertThat(found(ID)).doesNotHaveDuplicates()
			.allSatisfy((id) -> assertThat(messages).containsKey("finding.doctor.check." + id));
	}

	private static List<String> found(Pattern pattern) throws IOException {
		List<String> found = new ArrayList<>();
		try (Stream<Path> files = Files.list(FOLDER)) {
			for (Path file : files.toList()) {
				pattern.matcher(Files.readString(file)).results().forEach((match) -> found.add(match.group(1)));
			}
		}
		return found;
	}

}
