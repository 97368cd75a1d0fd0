package io.latchkey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.latchkey.ssh.FailureKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every text that a person reads: there, well-formed, in the house's tone.
 */
class MessagesTests {

	private static final Pattern FAULT = Pattern.compile("Fault\\.of\\([^;]*?,\\s*\"([a-z0-9.-]+)\"");

	private static final Pattern TEMPLATE_TEXT = Pattern.compile("#\\{([a-zA-Z0-9._-]+)[}(]");

	private static final Pattern ACTION = Pattern.compile("String action\\(\\) \\{\\s*return \"([a-z.-]+)\";");

	private final Properties messages = load();

	@Test
	void everyFaultHasItsText() throws IOException {
		List<String> codes = find(Path.of("src/main/java"), ".java", FAULT);
		assertThat(codes).isNotEmpty();
		assertThat(codes).allSatisfy((code) -> assertThat(this.messages).containsKey("fault." + code));
	}

	@Test
	void everyTextOfATemplateIsThere() throws IOException {
		Path templates = Path.of("src/main/resources/templates");
		List<String> keys = Files.isDirectory(templates) ? find(templates, ".html", TEMPLATE_TEXT) : List.of();
		assertThat(keys).allSatisfy((key) -> assertThat(this.messages).containsKey(key));
	}

	@Test
	void everyFailureOfANodeHasItsText() {
		assertThat(FailureKind.values()).allSatisfy((kind) -> assertThat(this.messages).containsKey(kind.remedy()));
	}

	@Test
	void everyChangeHasItsWords() throws IOException {
		List<String> actions = find(Path.of("src/main/java"), ".java", ACTION);
		assertThat(actions).contains("grant.issued");
		assertThat(actions).allSatisfy((action) -> assertThat(this.messages).containsKey("page.change.did." + action));
	}

	@Test
	void everyTextIsWellFormed() {
		assertThat(this.messages).allSatisfy((key, text) -> {
			assertThat(text.toString()).as(key.toString()).isNotBlank().doesNotContain("!");
			assertThat(new MessageFormat(text.toString())).as(key.toString()).isNotNull();
		});
	}

	@Test
	void noKeyStandsTwice() throws IOException {
		List<String> keys = Files.readAllLines(Path.of("src/main/resources/messages.properties"))
			.stream()
			.filter((line) -> !line.startsWith("#") && line.contains("="))
			.map((line) -> line.substring(0, line.indexOf('=')).strip())
			.toList();
		assertThat(keys).doesNotHaveDuplicates();
	}

	private static List<String> find(Path folder, String ending, Pattern pattern) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return List.copyOf(files.filter((file) -> file.toString().endsWith(ending))
				.flatMap((file) -> pattern.matcher(read(file)).results().map((match) -> match.group(1)))
				.collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll));
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Properties load() {
		Properties messages = new Properties();
		try (InputStream file = Files.newInputStream(Path.of("src/main/resources/messages.properties"))) {
			messages.load(file);
			return messages;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
