package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.latchkey.imports.formats.SshConfigBlock.Condition;
import io.latchkey.imports.formats.SshConfigBlock.Pass;
import io.latchkey.imports.formats.SshConfigBlock.Verdict;
import io.latchkey.openssh.NamePatterns;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a {@code Match} line: criteria that all have to hold. Those that
 * depend on who logs in, from where, or on what runs there, cannot be told from the file.
 */
record MatchCondition(List<Criterion> criteria) implements Condition {

	private static final Set<String> ALONE = Set.of("all", "canonical", "final");

	private static final Set<String> WITH_VALUE = Set.of("host", "originalhost", "user", "localuser", "localnetwork",
			"version", "tagged", "command", "sessiontype", "exec");

	/**
	 * One of them.
	 *
	 * @param value empty for one that has none
	 */
	record Criterion(String name, String value, NamePatterns patterns, boolean isNegated) {

		static Criterion of(String name, String value, boolean isNegated) {
			return new Criterion(name, value, NamePatterns.parse(value), isNegated);
		}

		private Verdict holds(String host, SshSettings before, Pass pass) {
			return switch (this.name) {
				case "all" -> verdict(true);
				case "final", "canonical" -> verdict(pass == Pass.FINAL);
				case "originalhost" -> verdict(matches(host.toLowerCase(Locale.ROOT)));
				case "host" -> verdict(matches(before.hostOf(host).toLowerCase(Locale.ROOT)));
				case "user" -> verdict(before.value("user"));
				case "tagged" ->
					(before.value("tag") == null) ? verdict(this.value.isEmpty()) : verdict(before.value("tag"));
				default -> Verdict.UNKNOWN;
			};
		}

		private Verdict verdict(@Nullable String value) {
			return (value == null) ? Verdict.UNKNOWN : verdict(this.patterns.matches(value));
		}

		private Verdict verdict(boolean matches) {
			return (matches != this.isNegated) ? Verdict.YES : Verdict.NO;
		}

		/** Names of hosts are compared in lower case here, and not in a Host line. */
		private boolean matches(String host) {
			return NamePatterns.parse(this.value.toLowerCase(Locale.ROOT)).matches(host);
		}

	}

	/**
	 * @param words those behind {@code Match}
	 * @return nothing when it is malformed
	 */
	static Optional<MatchCondition> parse(List<String> words) {
		List<Criterion> criteria = new ArrayList<>();
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i);
			boolean negated = word.startsWith("!");
			int equals = word.indexOf('=');
			String name = word.substring(negated ? 1 : 0, (equals < 0) ? word.length() : equals)
				.toLowerCase(Locale.ROOT);
			if (ALONE.contains(name) && equals < 0) {
				criteria.add(Criterion.of(name, "", negated));
			}
			else if (!WITH_VALUE.contains(name) || (equals < 0 && ++i == words.size())) {
				return Optional.empty();
			}
			else {
				criteria.add(Criterion.of(name, (equals < 0) ? words.get(i) : word.substring(equals + 1), negated));
			}
		}
		return isWellFormed(criteria) ? Optional.of(new MatchCondition(List.copyOf(criteria))) : Optional.empty();
	}

	/** Behind {@code all} stands nothing, and before it canonical or final at most. */
	private static boolean isWellFormed(List<Criterion> criteria) {
		int all = criteria.stream().map(Criterion::name).toList().indexOf("all");
		return !criteria.isEmpty()
				&& (all < 0 || (all == criteria.size() - 1 && all <= 1
						&& criteria.stream().allMatch((criterion) -> ALONE.contains(criterion.name()))))
				&& criteria.stream()
					.noneMatch((criterion) -> criterion.value().isEmpty() && WITH_VALUE.contains(criterion.name())
							&& !criterion.name().equals("tagged") && !criterion.name().equals("command"));
	}

	@Override
	public Verdict isFor(String name, SshSettings before, Pass pass) {
		Verdict verdict = Verdict.YES;
		for (Criterion criterion : this.criteria) {
			Verdict holds = criterion.holds(name, before, pass);
			if (holds == Verdict.NO) {
				return Verdict.NO;
			}
			verdict = (holds == Verdict.UNKNOWN) ? holds : verdict;
		}
		return verdict;
	}

	/** Those that a list of hosts says, where it is nothing but names. */
	@Override
	public List<String> names() {
		return this.criteria.stream()
			.filter((criterion) -> criterion.name().equals("originalhost") && !criterion.isNegated())
			.flatMap((criterion) -> criterion.patterns().names().stream())
			.toList();
	}

	@Override
	public int patterns() {
		return this.criteria.stream().mapToInt((criterion) -> Math.max(1, criterion.patterns().size())).sum();
	}

	/** Whether the file has to be gone through again. */
	boolean asksForTheEnd() {
		return this.criteria.stream()
			.anyMatch((criterion) -> criterion.name().equals("final") && !criterion.isNegated());
	}

	/** What cannot be told from the file, as the line has it. */
	String unknown() {
		return String.join(", ", this.criteria.stream()
			.map(Criterion::name)
			.filter((name) -> !Set.of("all", "final", "canonical", "host", "originalhost", "tagged").contains(name))
			.distinct()
			.toList());
	}

}
