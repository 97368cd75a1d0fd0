package io.latchkey.core;

import java.time.Duration;

/** How a message tells a deadline: {@code 30 s}, and in milliseconds what is finer. */
public final class ShownDuration {

	private ShownDuration() {
	}

	public static String of(Duration duration) {
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
