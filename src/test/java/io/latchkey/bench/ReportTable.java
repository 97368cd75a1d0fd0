package io.latchkey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The laps of each step, and what they come to, in Markdown.
 */
final class ReportTable {

	private final Map<String, List<Lap>> laps = new LinkedHashMap<>();

	private final Map<String, Lap> first = new HashMap<>();

	/** The first lap of a step is shown, and counts for nothing else. */
	void add(String step, Lap lap) {
		if (this.first.putIfAbsent(step, lap) != null) {
			this.laps.computeIfAbsent(step, (name) -> new ArrayList<>()).add(lap);
		}
	}

	List<String> steps() {
		return List.copyOf(this.laps.keySet());
	}

	boolean has(String step) {
		return this.laps.containsKey(step);
	}

	Duration median(String step) {
		return Lap.median(this.laps.get(step));
	}

	Duration median(String step, Function<Lap, Duration> part) {
		return Lap.median(this.laps.get(step), part);
	}

	double ratio(String step, String other) {
		return (double) median(step).toNanos() / median(other).toNanos();
	}

	/**
	 * @param floor the step to which the others are set in relation
	 */
	List<String> lines(int nodes, String floor) {
		List<String> lines = new ArrayList<>();
		lines.add(
				"| step | median | fastest–slowest | just started | nodes/s | × floor | client CPU/node | sshd CPU/node |");
		lines.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
		this.laps.forEach((step,
				all) -> lines.add("| %s | %s | %s–%s | %s | %.0f | %.2f | %s | %s |".formatted(step,
						seconds(Lap.median(all)), seconds(Lap.fastest(all)), seconds(Lap.slowest(all)),
						seconds(this.first.get(step).time()), nodes / (Lap.median(all).toNanos() / 1e9),
						ratio(step, floor), millis(Lap.median(all, Lap::clientCpu).dividedBy(nodes)),
						millis(Lap.median(all, Lap::sshdCpu).dividedBy(nodes)))));
		return lines;
	}

	static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
	}

	static String millis(Duration duration) {
		return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
	}

}
