package io.latchkey.reconcile;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import io.latchkey.transport.LoginTimes;
import org.jspecify.annotations.Nullable;

/** Measures what the time of one run goes to. For one thread. */
final class Stopwatch {

	private final Duration queued;

	private final Map<Part, Duration> took = new EnumMap<>(Part.class);

	private @Nullable LoginTimes login;

	Stopwatch(Duration queued) {
		this.queued = queued.isNegative() ? Duration.ZERO : queued;
	}

	/** What a conversation consists of, after the login. */
	enum Part {

		OBSERVE, APPLY, CONFIRM

	}

	/** Measures a part, also when it fails; parts of the same name add up. */
	<T> T during(Part part, Supplier<T> action) {
		long begun = System.nanoTime();
		try {
			return action.get();
		}
		finally {
			this.took.merge(part, Duration.ofNanos(System.nanoTime() - begun), Duration::plus);
		}
	}

	void during(Part part, Runnable action) {
		during(part, () -> {
			action.run();
			return part;
		});
	}

	/** The login took that long; the first one counts. */
	void loggedIn(@Nullable LoginTimes times) {
		if (this.login == null) {
			this.login = times;
		}
	}

	RunTimes times() {
		LoginTimes times = this.login;
		return new RunTimes(this.queued, times != null && times.kept(), (times != null) ? times.connect() : null,
				(times != null) ? times.keyExchange() : null, (times != null) ? times.authentication() : null,
				this.took.get(Part.OBSERVE), apply(), this.took.get(Part.CONFIRM));
	}

	/** Without what was confirmed meanwhile. */
	private @Nullable Duration apply() {
		Duration apply = this.took.get(Part.APPLY);
		return (apply != null) ? apply.minus(this.took.getOrDefault(Part.CONFIRM, Duration.ZERO)) : null;
	}

}
