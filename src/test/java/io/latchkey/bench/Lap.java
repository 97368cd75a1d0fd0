package io.latchkey.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One step, measured once.
 *
 * @param time by the wall clock
 * @param clientCpu of whoever logs in to the nodes
 * @param sshdCpu of all nodes
 */
record Lap(Duration time, Duration clientCpu, Duration sshdCpu) {

	static Duration median(List<Lap> laps, Function<Lap, Duration> part) {
		List<Duration> sorted = laps.stream().map(part).sorted().toList();
		return sorted.get(sorted.size() / 2);
	}

	static Duration percentile(List<Duration> durations, int percent) {
		List<Duration> sorted = durations.stream().sorted().toList();
		return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
	}

	static Duration median(List<Lap> laps) {
		return median(laps, Lap::time);
	}

	static Duration fastest(List<Lap> laps) {
		return laps.stream().map(Lap::time).min(Comparator.naturalOrder()).orElseThrow();
	}

	static Duration slowest(List<Lap> laps) {
		return laps.stream().map(Lap::time).max(Comparator.naturalOrder()).orElseThrow();
	}

}
