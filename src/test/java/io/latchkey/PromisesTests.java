package io.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documents say of tests: those that they name are there.
 */
class PromisesTests {

	private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Tests)?\\.(\\w+)`");

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/promises.md" })
	void everyNamedTestIsThere(Path document) throws IOException {
		Map<String, Path> sources = sources();
		Matcher named = NAMED.matcher(Files.readString(document));
		String type = "";
		int count = 0;
		while (named.find()) {
			type = (named.group(1) != null) ? named.group(1) : type;
			assertThat(sources).containsKey(type);
			assertThat(sources.get(type)).content().contains("void " + named.group(2) + "(");
			count++;
		}
		assertThat(count).isGreaterThan(5);
	}

	private static Map<String, Path> sources() throws IOException {
		try (Stream<Path> files = Stream.concat(below("src/test/java"), below("src/browser-test/java"))) {
			return files.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""),
					Function.identity(), (first, second) -> first));
		}
	}

	private static Stream<Path> below(String folder) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(folder))) {
			return List.copyOf(files.filter((file) -> file.toString().endsWith("Tests.java")).toList()).stream();
		}
	}

}
