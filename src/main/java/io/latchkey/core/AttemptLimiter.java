package io.latchkey.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets so many attempts go wrong in a stretch of time, for each key. An attempt counts
 * when it begins, so that many at once get no further than one after the other; one that
 * goes well is given back.
 */
public final class AttemptLimiter {

	private static final int MOST_KEYS = 10_000;

	private static final int LONGEST_KEY = 64;

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

	public AttemptLimiter(int most, Duration stretch, Clock clock) {
		this.most = most;
		this.stretch = stretch;
		this.clock = clock;
	}

	/**
	 * Counts an attempt, or says how long to wait until the next one.
	 */
	public synchronized Optional<Duration> begin(String given) {
		String key = bounded(given);
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
	public synchronized void giveBack(String key) {
		this.attempts.computeIfPresent(bounded(key),
				(same, current) -> (current.count() > 1) ? new Attempts(current.count() - 1, current.end()) : null);
	}

	/** Whoever is counted decides how long a key is, and the map keeps many. */
	private static String bounded(String key) {
		if (key.length() <= LONGEST_KEY) {
			return key;
		}
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	private record Attempts(int count, Instant end) {

	}

}
