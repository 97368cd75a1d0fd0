package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.latchkey.core.AttemptLimiter;
import io.latchkey.core.FreeText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts failed sign-ins on record, so that a stranger can't make the record grow without a
 * bound: so many in an hour have a record each, the others one together every ten
 * minutes.
 */
@Component
class FailedSignIns implements SmartLifecycle {

	static final int OF_AN_ADDRESS = 20;

	static final int OF_ALL = 100;

	/** Of a name that was tried, in characters. */
	static final int LONGEST_NAME = 64;

	private static final Duration STRETCH = Duration.ofHours(1);

	private static final Duration BETWEEN_COUNTS = Duration.ofMinutes(10);

	private static final Logger LOGGER = LoggerFactory.getLogger(FailedSignIns.class);

	private final AttemptLimiter ofAnAddress;

	private final AttemptLimiter ofAll;

	private final AtomicReference<@Nullable SignInsFailed> counted = new AtomicReference<>();

	private final ApplicationEventPublisher events;

	private final TransactionOperations transactions;

	private final Clock clock;

	private @Nullable ScheduledExecutorService thread;

	FailedSignIns(ApplicationEventPublisher events, TransactionOperations transactions, Clock clock) {
		this.events = events;
		this.transactions = transactions;
		this.clock = clock;
		this.ofAnAddress = new AttemptLimiter(OF_AN_ADDRESS, STRETCH, clock);
		this.ofAll = new AttemptLimiter(OF_ALL, STRETCH, clock);
	}

	/** The password was wrong, or there is no such user. */
	void failed(String tried, String address) {
		SignInFailed failed = new SignInFailed(cut(tried), address);
		if (this.ofAnAddress.begin(address).isEmpty() && this.ofAll.begin("").isEmpty()) {
			this.transactions.executeWithoutResult((status) -> this.events.publishEvent(failed));
		}
		else {
			count(new SignInsFailed(1, this.clock.instant(), failed));
		}
	}

	/** The password wasn't looked at. */
	void refused(String tried, String address) {
		count(new SignInsFailed(1, this.clock.instant(), new SignInFailed(cut(tried), address)));
	}

	/** Gives those that were counted their record. */
	void recordCounted() {
		SignInsFailed taken = this.counted.getAndSet(null);
		if (taken == null) {
			return;
		}
		try {
			this.transactions.executeWithoutResult((status) -> this.events.publishEvent(taken));
		}
		catch (RuntimeException ex) {
			this.counted.accumulateAndGet(taken, (later, earlier) -> (later != null) ? taken.plus(later) : taken);
			LOGGER.warn("Failed sign-ins could not be put on record yet", ex);
		}
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread daemon = new Thread(task, "failed-sign-ins");
				daemon.setDaemon(true);
				return daemon;
			});
			this.thread.scheduleWithFixedDelay(this::recordCounted, BETWEEN_COUNTS.toSeconds(),
					BETWEEN_COUNTS.toSeconds(), TimeUnit.SECONDS);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.shutdown();
			this.thread = null;
			recordCounted();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	private void count(SignInsFailed one) {
		this.counted.accumulateAndGet(one, (before, next) -> (before != null) ? before.plus(one) : one);
	}

	private static String cut(String tried) {
		String line = FreeText.oneLine(tried);
		return line.substring(0,
				line.offsetByCodePoints(0, Math.min(LONGEST_NAME, line.codePointCount(0, line.length()))));
	}

}
