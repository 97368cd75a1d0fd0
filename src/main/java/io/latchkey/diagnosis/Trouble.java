package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;

/**
 * What a {@link Check} found.
 *
 * @param certain whether logins fail by it; else they may
 * @param code of its texts: what follows, {@code .mend} and {@code .rule}
 * @param arguments of them all
 * @param seen the node's own words
 */
public record Trouble(boolean certain, String code, List<Object> arguments, List<Diagnosis.Evidence> seen) {

	public Trouble {
		arguments = List.copyOf(arguments);
		seen = List.copyOf(seen);
	}

	/** Logins fail by it. */
	public static Trouble problem(String code, Object... arguments) {
		return new Trouble(true, code, Arrays.asList(arguments), List.of());
	}

	/** Logins may fail by it. */
	public static Trouble warning(String code, Object... arguments) {
		return new Trouble(false, code, Arrays.asList(arguments), List.of());
	}

	/** With words of the node's, in a file where they stand in one. */
	public Trouble seen(String text) {
		return with(new Diagnosis.Evidence(null, null, text));
	}

	public Trouble seen(ConfigurationLine line) {
		return with(new Diagnosis.Evidence(line.file(), line.number(), line.text()));
	}

	public Trouble seen(String file, int number, String text) {
		return with(new Diagnosis.Evidence(file, number, text));
	}

	public Trouble seenAll(List<ConfigurationLine> lines) {
		Trouble trouble = this;
		for (ConfigurationLine line : lines) {
			trouble = trouble.seen(line);
		}
		return trouble;
	}

	/** The last of these lines that holds these words, if there is one. */
	public Trouble seenLast(List<String> lines, String words) {
		return lines.stream()
			.filter((line) -> line.contains(words))
			.reduce((first, second) -> second)
			.map(this::seen)
			.orElse(this);
	}

	private Trouble with(Diagnosis.Evidence evidence) {
		List<Diagnosis.Evidence> all = new ArrayList<>(this.seen);
		all.add(evidence);
		return new Trouble(this.certain, this.code, this.arguments, all);
	}

}
