package io.latchkey.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where somebody stumbles a link leads to the part of the help that is about it.
 */
class HelpTests {

	private static final Pattern STUMBLE = Pattern.compile("parts :: stumble\\((.*?)\\)[}\"]");

	private static final Pattern TOPIC = Pattern.compile("'([a-z][a-z-]*)'");

	@Test
	void everyStumbleLeadsToATopicThatThereIs() throws IOException {
		Set<String> topics = HelpController.CHAPTERS.values()
			.stream()
			.flatMap(Collection::stream)
			.collect(Collectors.toSet());
		Set<String> named = new TreeSet<>();
		for (Path template : TemplatesTests.templates()) {
			for (MatchResult stumble : STUMBLE.matcher(Files.readString(template)).results().toList()) {
				List<String> found = TOPIC.matcher(stumble.group(1)).results().map((topic) -> topic.group(1)).toList();
				assertThat(found).as("%s: %s", template, stumble.group()).isNotEmpty().isSubsetOf(topics);
				named.addAll(found);
			}
		}
		assertThat(named).contains("refused", "unreachable", "failed", "drifted", "enrolment", "host-key", "public-key",
				"account", "delivery", "other-ways", "foreign", "mode", "unseen", "sessions", "suspended", "overdue",
				"once", "indirect");
	}

	@Test
	void everyTopicIsInWords() throws IOException {
		String words = Files.readString(Path.of("src/main/resources/messages.properties"));
		HelpController.CHAPTERS.forEach((chapter, topics) -> {
			assertThat(words).contains("\npage.help.chapter." + chapter + "=");
			topics.forEach((topic) -> assertThat(words).contains("\npage.help." + topic + "=",
					"\npage.help." + topic + ".note="));
		});
	}

}
