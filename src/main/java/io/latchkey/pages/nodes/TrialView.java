package io.latchkey.pages.nodes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.latchkey.diagnosis.MeshTrial.Attempt;
import io.latchkey.diagnosis.MeshTrial;
import org.jspecify.annotations.Nullable;

/**
 * A mesh test as a matrix: a row for each node that logged in, a column for each that was
 * to let it in.
 */
record TrialView(List<String> nodes, List<Row> rows, List<Why> why, long failed, int tried, String seconds) {

	/**
	 * What became of the logins from one node.
	 */
	record Row(String from, List<Cell> cells) {

	}

	/**
	 * What became of one login.
	 *
	 * @param detail why it failed, or null
	 */
	record Cell(String to, Outcome outcome, @Nullable String detail) {

	}

	/**
	 * Why logins from one node failed.
	 */
	record Why(String from, List<String> to, String detail) {

	}

	/** What became of a login. */
	enum Outcome {

		IN, REFUSED, ITSELF

	}

	static TrialView of(MeshTrial trial) {
		Map<String, Map<String, Attempt>> attempts = trial.attempts()
			.stream()
			.collect(Collectors.groupingBy(Attempt::from,
					Collectors.toMap(Attempt::to, (attempt) -> attempt, (one, other) -> one)));
		return new TrialView(trial.nodes(),
				trial.nodes()
					.stream()
					.map((from) -> new Row(from,
							trial.nodes()
								.stream()
								.map((to) -> cell(to, attempts.getOrDefault(from, Map.of()).get(to)))
								.toList()))
					.toList(),
				why(trial), trial.countFailed(), trial.attempts().size(),
				"%.1f".formatted(trial.took().toMillis() / 1000.0));
	}

	/** What one node was told by several stands there once. */
	private static List<Why> why(MeshTrial trial) {
		Map<String, Map<String, List<String>>> byNode = trial.attempts()
			.stream()
			.filter((attempt) -> !attempt.succeeded())
			.collect(Collectors.groupingBy(Attempt::from, TreeMap::new, Collectors.groupingBy(Attempt::detail,
					TreeMap::new, Collectors.mapping(Attempt::to, Collectors.toList()))));
		return byNode.entrySet()
			.stream()
			.flatMap((from) -> from.getValue()
				.entrySet()
				.stream()
				.map((detail) -> new Why(from.getKey(), detail.getValue(), detail.getKey())))
			.toList();
	}

	private static Cell cell(String to, @Nullable Attempt attempt) {
		if (attempt == null) {
			return new Cell(to, Outcome.ITSELF, null);
		}
		return new Cell(to, attempt.succeeded() ? Outcome.IN : Outcome.REFUSED, attempt.detail());
	}

}
