package io.latchkey.imports.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Small lists with what the program that they are for says of them. In the file a line
 * {@code === title} begins one, the list follows, and lines {@code --- host answer} end
 * it.
 */
final class RecordedCases {

	private RecordedCases() {
	}

	/**
	 * One of them.
	 *
	 * @param answers the words behind {@code ---}
	 */
	record Case(String title, String text, List<List<String>> answers) {

		@Override
		public String toString() {
			return this.title;
		}

	}

	static Stream<Case> in(String file) throws IOException {
		List<Case> cases = new ArrayList<>();
		try (InputStream in = Objects.requireNonNull(RecordedCases.class.getResourceAsStream("/imports/" + file))) {
			for (String part : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ")) {
				if (!part.isBlank()) {
					cases.add(parse(part));
				}
			}
		}
		return cases.stream();
	}

	private static Case parse(String text) {
		StringBuilder list = new StringBuilder();
		List<List<String>> answers = new ArrayList<>();
		String title = text.substring(0, text.indexOf('\n'));
		for (String line : text.substring(title.length() + 1).split("\n")) {
			if (line.startsWith("--- ")) {
				answers.add(List.of(line.substring(4).split(" ")));
			}
			else {
				list.append(line).append('\n');
			}
		}
		return new Case(title, list.toString(), answers);
	}

}
