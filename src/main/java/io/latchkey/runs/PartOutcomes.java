package io.latchkey.runs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the parts of a run came to at one node.
 *
 * @param byPart by the names of those that acted
 * @param broken by the names of those that broke off by a fault of Latchkey's own, for a
 * person
 */
public record PartOutcomes(Map<String, PartOutcome> byPart, Map<String, String> broken) {

	public static final PartOutcomes NONE = new PartOutcomes(Map.of(), Map.of());

	public List<String> problems() {
		return Stream.concat(all(PartOutcome::problems).stream(), this.broken.values().stream()).toList();
	}

	public List<String> warnings() {
		return all(PartOutcome::warnings);
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
