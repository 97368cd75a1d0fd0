package io.latchkey.openssh;

import java.util.List;
import java.util.stream.Stream;

/**
 * A list of patterns for names (ssh_config(5), PATTERNS). It matches what one of them
 * matches, unless a negated one, with {@code !}, matches it as well.
 *
 * @param matching those without {@code !}
 * @param negated those with it
 */
public record NamePatterns(List<NamePattern> matching, List<NamePattern> negated) {

	public NamePatterns {
		matching = List.copyOf(matching);
		negated = List.copyOf(negated);
	}

	/** Those of a {@code Host} line: one a word. */
	public static NamePatterns of(List<String> words) {
		return new NamePatterns(words.stream().filter((word) -> !word.startsWith("!")).map(NamePattern::new).toList(),
				words.stream()
					.filter((word) -> word.startsWith("!"))
					.map((word) -> new NamePattern(word.substring(1)))
					.toList());
	}

	/** Those of a {@code Match} criterion: parted by commas. */
	public static NamePatterns parse(String list) {
		return of(Stream.of(list.split(",")).filter((pattern) -> !pattern.isEmpty()).toList());
	}

	public boolean matches(String name) {
		return this.matching.stream().anyMatch((pattern) -> pattern.matches(name))
				&& this.negated.stream().noneMatch((pattern) -> pattern.matches(name));
	}

	/** Whether it names all that it matches. */
	public boolean isLiteral() {
		return this.negated.isEmpty() && this.matching.stream().allMatch(NamePattern::isLiteral);
	}

	/** The names that it matches as they stand, without wildcards. */
	public List<String> names() {
		return this.matching.stream().filter(NamePattern::isLiteral).map(NamePattern::text).toList();
	}

	public int size() {
		return this.matching.size() + this.negated.size();
	}

}
