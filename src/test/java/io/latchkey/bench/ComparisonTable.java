package io.latchkey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two builds side by side, in Markdown: what each took, and how the later is to the
 * earlier, or to something that neither of them is.
 */
final class ComparisonTable {

	private final List<String> lines = new ArrayList<>();

	ComparisonTable(String before, String after) {
		this.lines.add("| | %s | %s | after ÷ before |".formatted(before, after));
		this.lines.add("| --- | ---: | ---: | ---: |");
	}

	void durations(String what, Duration before, Duration after) {
		row(what, text(before), text(after), ratio(nanos(before), nanos(after)));
	}

	void mebibytes(String what, long before, long after) {
		row(what, before + " MiB", after + " MiB", ratio(before, after));
	}

	/** How long each takes of what the reference takes. */
	void shares(String what, Duration reference, Duration before, Duration after) {
		double first = nanos(before) / nanos(reference);
		double second = nanos(after) / nanos(reference);
		row(what, factor(first), factor(second), ratio(first, second));
	}

	/** How many times as long the reference takes. */
	void speeds(String what, Duration reference, Duration before, Duration after) {
		double first = nanos(reference) / nanos(before);
		double second = nanos(reference) / nanos(after);
		row(what, factor(first), factor(second), ratio(first, second));
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	private void row(String what, String before, String after, String ratio) {
		this.lines.add("| %s | %s | %s | %s |".formatted(what, before, after, ratio));
	}

	private static double nanos(Duration duration) {
		return duration.toNanos();
	}

	private static String text(Duration duration) {
		return (duration.compareTo(Duration.ofSeconds(1)) < 0) ? ReportTable.millis(duration)
				: ReportTable.seconds(duration);
	}

	private static String ratio(double before, double after) {
		return (before > 0) ? String.format(Locale.ROOT, "%.2f", after / before) : "–";
	}

	private static String factor(double value) {
		return String.format(Locale.ROOT, "%.2f ×", value);
	}

}
