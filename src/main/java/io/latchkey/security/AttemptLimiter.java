package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets so many attempts go wrong in a stretch of time, for each key. An attempt counts
 * when it begins, so that many at once get no further than one after the other; one that
 * goes well is given back.
 */
final class AttemptLimiter {

	private static final int MOST_KEYS = 10_000;

	private final int most;

	private final Duration stretch;

	private final Clock clock;

	private final Map<String, Attempts> attempts = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
			return size() > MOST_KEYS;
		}

	};

	AttemptLimiter(int most, Duration stretch, Clock clock) {
		this.most = most;
		this.stretch = stretch;
		this.clock = clock;
	}

	/**
	 * Counts an attempt, or says how long to wait until the next one.
	 */
	synchronized Optional<Duration> begin(String key) {
		Instant now = this.clock.instant();
		Attempts current = this.attempts.get(key);
		if (current == null || !now.isBefore(current.end())) {
			this.attempts.put(key, new Attempts(1, now.plus(this.stretch)));
			return Optional.empty();
		}
		if (current.count() >= this.most) {
			return Optional.of(Duration.between(now, current.end()));
		}
		this.attempts.put(key, new Attempts(current.count() + 1, current.end()));
		return Optional.empty();
	}

	/** Gives back an attempt that went well. */
	synchronized void giveBack(String key) {
		this.attempts.computeIfPresent(key,
				(same, current) -> (current.count() > 1) ? new Attempts(current.count() - 1, current.end()) : null);
	}

	private record Attempts(int count, Instant end) {

	}

}
