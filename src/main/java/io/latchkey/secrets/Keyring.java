package io.latchkey.secrets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Holds the data keys in memory, and looks now and then whether others have made a new
 * one: another instance, or the command line.
 */
final class Keyring {

	private static final Logger log = LoggerFactory.getLogger(Keyring.class);

	private static final Duration FRESH = Duration.ofSeconds(10);

	private final UnaryOperator<Keys> loader;

	private final Clock clock;

	private volatile Keys keys;

	private volatile Instant loadedAt;

	/**
	 * @param loader makes of the keys that are known those that there are now
	 */
	Keyring(Keys keys, UnaryOperator<Keys> loader, Clock clock) {
		this.keys = keys;
		this.loader = loader;
		this.clock = clock;
		this.loadedAt = clock.instant();
	}

	/** As they were known last. */
	Keys known() {
		return this.keys;
	}

	/** As they are, or were some seconds ago. */
	Keys fresh() {
		Instant now = this.clock.instant();
		if (Duration.between(this.loadedAt, now).abs().compareTo(FRESH) > 0) {
			this.loadedAt = now;
			try {
				load();
			}
			catch (DataAccessException ex) {
				// Those that are known are good; who needs the database notices by
				// himself.
				log.warn("Whether there is a new data key could not be read: {}", ex.getClass().getSimpleName());
			}
		}
		return this.keys;
	}

	/**
	 * Such that have the one with that id, if there is one. Only for ids from the
	 * database: it is asked each time that one is not known.
	 */
	Keys knowing(String id) {
		if (this.keys.find(id).isEmpty()) {
			load();
		}
		return this.keys;
	}

	/** After this process has changed them. */
	synchronized void load() {
		this.keys = this.loader.apply(this.keys);
	}

}
