package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.latchkey.openssh.SshConfigLine;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an {@code ssh} (ssh(1)).
 *
 * @param options as they follow each other
 * @param destination null when none is given
 * @param command what it shall run there
 */
record SshArguments(List<Option> options, @Nullable String destination, List<String> command) {

	private static final String WITH_VALUE = "BbcDEeFIiJLlmOoPpQRSWw";

	private static final String WITHOUT_VALUE = "1246AaCfGgKkMNnqsTtVvXxYy";

	/**
	 * An option.
	 *
	 * @param value empty when it takes none
	 */
	record Option(char letter, String value) {

	}

	/**
	 * @return nothing when there is an option that {@code ssh} does not have, or one
	 * without its value
	 */
	static Optional<SshArguments> parse(List<String> words) {
		List<Option> options = new ArrayList<>();
		String destination = null;
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			if (!word.startsWith("-") || word.length() < 2) {
				if (destination != null) {
					return Optional.of(new SshArguments(options, destination, words.subList(i, words.size())));
				}
				destination = word;
				continue;
			}
			int letter = 1;
			while (letter < word.length() && WITHOUT_VALUE.indexOf(word.charAt(letter)) >= 0) {
				options.add(new Option(word.charAt(letter++), ""));
			}
			if (letter == word.length()) {
				continue;
			}
			String value = word.substring(letter + 1);
			if (WITH_VALUE.indexOf(word.charAt(letter)) < 0 || (value.isEmpty() && ++i == words.size())) {
				return Optional.empty();
			}
			options.add(new Option(word.charAt(letter), value.isEmpty() ? words.get(i) : value));
		}
		return Optional.of(new SshArguments(options, destination, List.of()));
	}

	/** What they set, as lines of a configuration. */
	List<SshConfigLine> settings() {
		List<SshConfigLine> settings = new ArrayList<>();
		for (Option option : this.options) {
			switch (option.letter()) {
				case 'o' -> SshConfigLine.parse(option.value()).ifPresent(settings::add);
				case 'J' -> settings.add(new SshConfigLine("proxyjump", option.value()));
				case 'p' -> settings.add(new SshConfigLine("port", option.value()));
				case 'l' -> settings.add(new SshConfigLine("user", "\"" + option.value() + "\""));
				default -> {
					// says nothing of where the host is
				}
			}
		}
		return settings;
	}

	@Nullable String value(char letter) {
		return this.options.stream()
			.filter((option) -> option.letter() == letter)
			.map(Option::value)
			.findFirst()
			.orElse(null);
	}

}
