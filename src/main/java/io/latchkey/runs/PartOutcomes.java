package io.latchkey.runs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the parts of a run came to at one node.
 *
 * @param byPart by the names of those that acted
 * @param broken by the names of those that broke off, for a person
 * @param last the names of those that keep nobody from anything
 */
public record PartOutcomes(Map<String, PartOutcome> byPart, Map<String, String> broken, Set<String> last) {

	public static final PartOutcomes NONE = new PartOutcomes(Map.of(), Map.of(), Set.of());

	public List<String> problems() {
		return Stream.concat(all(PartOutcome::problems).stream(), brokenOff((name) -> !this.last.contains(name)))
			.toList();
	}

	public List<String> warnings() {
		return Stream.concat(all(PartOutcome::warnings).stream(), brokenOff(this.last::contains)).toList();
	}

	private Stream<String> brokenOff(Predicate<String> which) {
		return this.broken.entrySet().stream().filter((part) -> which.test(part.getKey())).map(Map.Entry::getValue);
	}

	public List<String> added() {
		return all(PartOutcome::added);
	}

	public List<String> removed() {
		return all(PartOutcome::removed);
	}

	public boolean areWorthAnotherTry() {
		return this.byPart.values().stream().anyMatch(PartOutcome::isWorthAnotherTry);
	}

	public boolean areWorthTelling() {
		return this.byPart.values().stream().anyMatch(PartOutcome::isWorthTelling);
	}

	/** What the run says of them; empty when nothing. */
	public String told() {
		return this.byPart.values()
			.stream()
			.flatMap((outcome) -> Stream.ofNullable(outcome.told()))
			.filter((text) -> !text.isEmpty())
			.collect(Collectors.joining(" "));
	}

	private List<String> all(Function<PartOutcome, List<String>> of) {
		return this.byPart.values().stream().map(of).flatMap(Collection::stream).toList();
	}

}
