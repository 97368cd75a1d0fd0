package io.latchkey.pages.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunTimes;
import org.jspecify.annotations.Nullable;

/**
 * A run with its times as a row of bars.
 *
 * @param steps what it went through, in that order
 */
record RunView(Run run, List<Step> steps) {

	static RunView of(Run run) {
		Map<String, Duration> parts = parts(run.timing().parts());
		long total = Math.max(1, parts.values().stream().mapToLong(Duration::toNanos).sum());
		boolean failed = run.outcome() == Run.Outcome.UNREACHABLE || run.outcome() == Run.Outcome.REFUSED
				|| run.outcome() == Run.Outcome.FAILED;
		List<Step> steps = new ArrayList<>();
		long before = 0;
		for (Map.Entry<String, Duration> part : parts.entrySet()) {
			boolean last = steps.size() == parts.size() - 1;
			steps.add(new Step(part.getKey(), part.getValue(), 100.0 * before / total,
					100.0 * part.getValue().toNanos() / total, (last && failed) ? "s-failed" : "s-converging"));
			before += part.getValue().toNanos();
		}
		return new RunView(run, steps);
	}

	private static Map<String, Duration> parts(RunTimes times) {
		Map<String, Duration> parts = new LinkedHashMap<>();
		put(parts, "QUEUED", times.queued());
		put(parts, "CONNECT", times.connect());
		put(parts, "KEY_EXCHANGE", times.keyExchange());
		put(parts, "AUTHENTICATION", times.authentication());
		put(parts, "OBSERVE", times.observe());
		put(parts, "APPLY", times.apply());
		put(parts, "CONFIRM", times.confirm());
		return parts;
	}

	private static void put(Map<String, Duration> parts, String name, @Nullable Duration took) {
		if (took != null) {
			parts.put(name, took);
		}
	}

	/**
	 * A part of the time.
	 *
	 * @param start where its bar begins, in percent
	 * @param width in percent
	 * @param look the class of its colour
	 */
	record Step(String name, Duration took, double start, double width, String look) {

	}

}
