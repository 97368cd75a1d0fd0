package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.pages.Form;
import io.latchkey.pages.Input;

import org.springframework.ui.Model;

/** The keys that somebody has chosen in the inbox, by their fingerprints. */
final class ChosenKeys {

	private static final String FIELD = "fingerprint";

	private ChosenKeys() {
	}

	static Set<Fingerprint> of(Input input) {
		List<String> words = input.words(FIELD);
		if (words.isEmpty()) {
			throw new InvalidInputException(Fault.of(FIELD, "adoption.none"));
		}
		try {
			return words.stream().map(Fingerprint::parse).collect(Collectors.toSet());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidInputException(Fault.of(FIELD, "verbatim", String.valueOf(ex.getMessage())));
		}
	}

	/** Those of the form that came back. */
	static Set<Fingerprint> before(Model model) {
		return Form.in(model, Map.of())
			.values()
			.getOrDefault(FIELD, List.of())
			.stream()
			.flatMap((value) -> Stream.of(value.split(" ")))
			.filter((value) -> !value.isBlank())
			.map(Fingerprint::parse)
			.collect(Collectors.toSet());
	}

	/** As a form brings them back. */
	static Map<String, String> hidden(Set<Fingerprint> chosen) {
		return Map.of(FIELD, chosen.stream().map(Fingerprint::value).sorted().collect(Collectors.joining(" ")));
	}

}
