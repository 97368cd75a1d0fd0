package io.latchkey.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every text comes from the bundle, and nothing needs a looser content policy.
 */
class TemplatesTests {

	private static final Pattern EXPRESSION = Pattern.compile("\\[\\[.*?]]", Pattern.DOTALL);

	private static final Pattern TAG = Pattern.compile("<(\"[^\"]*\"|'[^']*'|[^'\">])*>");

	private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

	private static final Pattern READ_ATTRIBUTE = Pattern
		.compile("\\s(title|placeholder|alt|aria-label|data-label)=\"[^\"]+\"");

	private static final Pattern INLINE = Pattern
		.compile("\\s(style|on[a-z]+)=|<style|<script(?![^>]*src)|hx-on|\\sjs:");

	@ParameterizedTest
	@MethodSource("templates")
	void holdsNoTextOfItsOwn(Path template) throws IOException {
		String html = Files.readString(template);
		String text = TAG.matcher(EXPRESSION.matcher(html).replaceAll("")).replaceAll("");
		assertThat(words(text)).isEmpty();
		assertThat(READ_ATTRIBUTE.matcher(html).results().map((match) -> match.group())).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("templates")
	void holdsNoInlineScriptOrStyle(Path template) throws IOException {
		assertThat(INLINE.matcher(Files.readString(template)).results().map((match) -> match.group())).isEmpty();
	}

	/** Thymeleaf includes first and asks afterwards. */
	@ParameterizedTest
	@MethodSource("templates")
	void asksBeforeItIncludes(Path template) throws IOException {
		assertThat(TAG.matcher(Files.readString(template)).results().map((match) -> match.group()))
			.filteredOn((tag) -> tag.contains("th:replace="))
			.noneMatch((tag) -> tag.contains("th:if=") || tag.contains("th:unless=") || tag.contains("th:each="));
	}

	private static List<String> words(String text) {
		return LETTERS.matcher(text).results().map((match) -> match.group()).toList();
	}

	static List<Path> templates() {
		try (Stream<Path> files = Files.walk(Path.of("src/main/resources/templates"))) {
			return files.filter((file) -> file.toString().endsWith(".html")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
