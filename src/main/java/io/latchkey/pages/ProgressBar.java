package io.latchkey.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.latchkey.delivery.Delivery;
import io.latchkey.grants.GrantStatus;

import org.springframework.stereotype.Component;

/**
 * Draws deliveries as progress.
 */
@Component
public class ProgressBar {

	private static final int MOVING_SECONDS = 1;

	private static final int STUCK_SECONDS = 10;

	private static final String CONVERGING = "s-converging";

	private static final Mark NOWHERE = new Mark("s-pending", "ti-minus", "page.delivery.nowhere");

	private static final Mark WAITING = new Mark("s-pending", "ti-calendar", "page.grant.status.SCHEDULED");

	private final Marks marks;

	private final Texts texts;

	ProgressBar(Marks marks, Texts texts) {
		this.marks = marks;
		this.texts = texts;
	}

	public Progress of(Delivery delivery, GrantStatus status) {
		int total = delivery.nodes().size();
		if (total == 0) {
			return new Progress(NOWHERE, this.texts.of("page.delivery.nowhere"), List.of(), 0);
		}
		if (status == GrantStatus.SCHEDULED) {
			return new Progress(WAITING, this.texts.of("page.delivery.scheduled", total), List.of(), STUCK_SECONDS);
		}
		List<Progress.Segment> segments = segments(delivery, total);
		Mark worst = segments.get(segments.size() - 1).mark();
		if (worst.equals(Marks.KEYLESS) && segments.size() == 1) {
			return new Progress(worst, this.texts.of("page.delivery.keyless-on", total), segments, STUCK_SECONDS);
		}
		String key = isWanted(status) ? "page.delivery.in-place-on" : "page.delivery.gone-from";
		String sentence = this.texts.of(key, done(delivery), total);
		long letIn = delivery.countStillLetIn();
		return new Progress(worst,
				(letIn > 0) ? sentence + ". " + this.texts.of("page.delivery.other-ways", letIn) : sentence, segments,
				pollSeconds(segments));
	}

	private List<Progress.Segment> segments(Delivery delivery, int total) {
		Map<Mark, Integer> counts = new LinkedHashMap<>();
		delivery.nodes().stream().filter(ProgressBar::isDone).forEach((entry) -> count(entry, counts));
		delivery.nodes().stream().filter((entry) -> !isDone(entry)).forEach((entry) -> count(entry, counts));
		List<Progress.Segment> segments = new ArrayList<>();
		int before = 0;
		for (Map.Entry<Mark, Integer> count : counts.entrySet()) {
			String text = this.texts.of("page.delivery.count", count.getValue(),
					this.texts.of(count.getKey().text()).toLowerCase(Locale.ROOT));
			segments.add(new Progress.Segment(count.getKey(), text, 100.0 * before / total,
					100.0 * count.getValue() / total));
			before += count.getValue();
		}
		return segments;
	}

	private void count(Delivery.Entry entry, Map<Mark, Integer> counts) {
		counts.merge(this.marks.of(entry), 1, Integer::sum);
	}

	private static int pollSeconds(List<Progress.Segment> segments) {
		if (segments.stream().anyMatch((segment) -> segment.mark().look().equals(CONVERGING))) {
			return MOVING_SECONDS;
		}
		boolean done = segments.stream().allMatch((segment) -> segment.mark().look().equals("s-in-sync"));
		return done ? 0 : STUCK_SECONDS;
	}

	private static long done(Delivery delivery) {
		return delivery.nodes().stream().filter(ProgressBar::isDone).count();
	}

	private static boolean isDone(Delivery.Entry entry) {
		return (entry.state() == Delivery.State.IN_PLACE && !entry.wasInPlace()) || entry.isGone();
	}

	private static boolean isWanted(GrantStatus status) {
		return status == GrantStatus.ACTIVE || status == GrantStatus.SCHEDULED;
	}

}
