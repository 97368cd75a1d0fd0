package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;

/**
 * What a {@link Check} found.
 *
 * @param weight how far it explains that a login fails
 * @param code of its texts: what follows, {@code .mend} and {@code .rule}
 * @param arguments of them all
 * @param seen the node's own words
 */
public record Trouble(Weight weight, String code, List<Object> arguments, List<Diagnosis.Evidence> seen) {

	/** How far something explains that a login fails; the first weighs most. */
	public enum Weight {

		/** Logins fail by it. */
		CERTAIN,
		/**
		 * It stands in the way of some, or was logged of one: if one failed, it was by
		 * this.
		 */
		LIKELY,
		/** They may fail by it. */
		POSSIBLE

	}

	public Trouble {
		arguments = List.copyOf(arguments);
		seen = List.copyOf(seen);
	}

	public boolean certain() {
		return this.weight == Weight.CERTAIN;
	}

	/** Logins fail by it. */
	public static Trouble problem(String code, Object... arguments) {
		return new Trouble(Weight.CERTAIN, code, Arrays.asList(arguments), List.of());
	}

	/** Logins may fail by it. */
	public static Trouble warning(String code, Object... arguments) {
		return new Trouble(Weight.POSSIBLE, code, Arrays.asList(arguments), List.of());
	}

	/** A login that failed most likely failed by it. */
	public static Trouble likely(String code, Object... arguments) {
		return new Trouble(Weight.LIKELY, code, Arrays.asList(arguments), List.of());
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

	public Trouble seenEach(List<String> texts) {
		Trouble trouble = this;
		for (String text : texts) {
			trouble = trouble.seen(text);
		}
		return trouble;
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
		return new Trouble(this.weight, this.code, this.arguments, all);
	}

}
