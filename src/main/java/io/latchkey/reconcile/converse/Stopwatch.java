package io.latchkey.reconcile.converse;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import io.latchkey.nodestate.RunTimes;
import io.latchkey.ssh.LoginTimes;
import org.jspecify.annotations.Nullable;

/** Measures what the time of one run goes to, part by part. For one thread. */
public final class Stopwatch {

	private final Duration queued;

	private final Runnable goesOn;

	private final Map<Part, Duration> took = new EnumMap<>(Part.class);

	/** What the parts inside of the one that is measured took. */
	private Duration inside = Duration.ZERO;

	private @Nullable LoginTimes login;

	/**
	 * @param goesOn is run whenever a part begins
	 */
	public Stopwatch(Duration queued, Runnable goesOn) {
		this.queued = queued.isNegative() ? Duration.ZERO : queued;
		this.goesOn = goesOn;
		goesOn.run();
	}

	/** What a conversation consists of, after the login. */
	enum Part {

		OBSERVE, APPLY, CONFIRM

	}

	/**
	 * Measures a part without the parts inside of it, also when it fails; parts of the
	 * same name add up.
	 */
	<T> T during(Part part, Supplier<T> action) {
		this.goesOn.run();
		Duration insideBefore = this.inside;
		this.inside = Duration.ZERO;
		long begun = System.nanoTime();
		try {
			return action.get();
		}
		finally {
			Duration all = Duration.ofNanos(System.nanoTime() - begun);
			this.took.merge(part, all.minus(this.inside), Duration::plus);
			this.inside = insideBefore.plus(all);
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

	public RunTimes times() {
		LoginTimes times = this.login;
		return new RunTimes(this.queued, times != null && times.kept(), (times != null) ? times.connect() : null,
				(times != null) ? times.keyExchange() : null, (times != null) ? times.authentication() : null,
				this.took.get(Part.OBSERVE), this.took.get(Part.APPLY), this.took.get(Part.CONFIRM));
	}

}
