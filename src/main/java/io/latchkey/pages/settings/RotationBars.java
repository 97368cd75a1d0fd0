package io.latchkey.pages.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.latchkey.managementkeys.KeyRotation.Standing;
import io.latchkey.managementkeys.KeyRotation;
import io.latchkey.pages.Mark;
import io.latchkey.pages.Progress;
import io.latchkey.pages.Texts;

import org.springframework.stereotype.Component;

/**
 * Draws a rotation as progress.
 */
@Component("rotationBars")
class RotationBars {

	private static final int POLL_SECONDS = 2;

	private static final Mark MOVED = new Mark("s-in-sync", "ti-check", "page.rotation.MOVED");

	private final Texts texts;

	RotationBars(Texts texts) {
		this.texts = texts;
	}

	Progress of(KeyRotation rotation) {
		long total = rotation.moved() + rotation.nodes().size();
		List<Progress.Segment> segments = new ArrayList<>();
		double before = add(segments, MOVED, rotation.moved(), total, 0);
		for (Standing standing : Standing.values()) {
			before = add(segments, of(standing), rotation.count(standing), total, before);
		}
		return new Progress(MOVED, this.texts.of("page.rotation.moved-of", rotation.moved(), total), segments,
				POLL_SECONDS);
	}

	public Mark of(Standing standing) {
		return switch (standing) {
			case WAITING -> new Mark("s-converging", "ti-refresh", "page.rotation.WAITING");
			case AWAY -> new Mark("s-unreachable", "ti-plug-off", "page.rotation.AWAY");
			case OBSERVED -> new Mark("s-pending", "ti-eye", "page.rotation.OBSERVED");
			case FAILED -> new Mark("s-failed", "ti-x", "page.rotation.FAILED");
		};
	}

	private double add(List<Progress.Segment> segments, Mark mark, long count, long total, double before) {
		double width = (total > 0) ? 100.0 * count / total : 0;
		if (count > 0) {
			String text = this.texts.of("page.delivery.count", count,
					this.texts.of(mark.text()).toLowerCase(Locale.ROOT));
			segments.add(new Progress.Segment(mark, text, before, width));
		}
		return before + width;
	}

}
