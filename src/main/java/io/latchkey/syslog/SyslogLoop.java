package io.latchkey.syslog;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.latchkey.core.ConnectionShare;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Has the record sent as it grows; after a failure later and later.
 */
class SyslogLoop implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(SyslogLoop.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private final SyslogDelivery delivery;

	private @Nullable ScheduledExecutorService thread;

	private Duration backOff = PAUSE;

	SyslogLoop(SyslogDelivery delivery) {
		this.delivery = delivery;
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			this.thread = new ScheduledThreadPoolExecutor(1, ConnectionShare.RUNS.threads("syslog"));
			next(PAUSE);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	private synchronized void next(Duration pause) {
		if (this.thread != null) {
			this.thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/** Whatever happens there is a next look. */
	private void look() {
		Duration pause = LONGEST_PAUSE;
		try {
			pause = pauseAfter(this.delivery.send());
		}
		catch (RuntimeException ex) {
			log.error("The record could not be sent by syslog", ex);
		}
		finally {
			next(pause);
		}
	}

	private Duration pauseAfter(SyslogDelivery.Outcome outcome) {
		if (outcome == SyslogDelivery.Outcome.FAILED) {
			Duration pause = this.backOff;
			Duration doubled = pause.multipliedBy(2);
			this.backOff = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
			return pause;
		}
		this.backOff = PAUSE;
		return (outcome == SyslogDelivery.Outcome.SENT) ? Duration.ZERO : PAUSE;
	}

}
