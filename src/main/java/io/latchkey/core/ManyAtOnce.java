package io.latchkey.core;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks many the same, for people who wait for it: all that ask share so many threads, of
 * which each has half at most, so that a second one need not wait for the first to end.
 */
@Component
public class ManyAtOnce implements DisposableBean {

	private static final int THREADS = 32;

	static final int FOR_EACH = THREADS / 2;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS,
			ConnectionShare.CALLERS.threads("many"));

	/**
	 * What it came to at one.
	 *
	 * @param answer null where it broke off, or did not end in time
	 * @param failure by which it broke off; null where it did not
	 */
	public record Outcome<T>(@Nullable T answer, @Nullable Throwable failure) {

	}

	/**
	 * Asks each, in this order as far as threads are free.
	 * @param within the time for all of them, after which what has not ended is
	 * interrupted, and nothing is begun
	 * @return what it came to at each, in their order
	 */
	public <S, T> Map<S, Outcome<T>> each(Collection<S> subjects, Duration within, Function<S, T> ask) {
		long end = System.nanoTime() + within.toNanos();
		Map<S, FutureTask<T>> tasks = new LinkedHashMap<>();
		subjects.forEach((subject) -> tasks.put(subject, new FutureTask<>(() -> ask.apply(subject))));
		Queue<FutureTask<T>> left = new ConcurrentLinkedQueue<>(tasks.values());
		for (int i = 0; i < Math.min(FOR_EACH, tasks.size()); i++) {
			this.threads.execute(() -> work(left));
		}
		try {
			Map<S, Outcome<T>> outcomes = new LinkedHashMap<>();
			tasks.forEach((subject, task) -> outcomes.put(subject, await(task, end - System.nanoTime(), left)));
			return outcomes;
		}
		finally {
			left.clear();
			tasks.values().forEach((task) -> task.cancel(true));
		}
	}

	private static <T> void work(Queue<FutureTask<T>> left) {
		for (FutureTask<T> task = left.poll(); task != null; task = left.poll()) {
			task.run();
			Thread.interrupted(); // one that was cancelled is no matter of the next
		}
	}

	private static <T> Outcome<T> await(Future<T> task, long nanos, Queue<?> left) {
		try {
			return new Outcome<>(task.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS), null);
		}
		catch (TimeoutException ex) {
			left.clear(); // before a thread is free for them
			task.cancel(true);
			return new Outcome<>(null, null);
		}
		catch (ExecutionException ex) {
			return new Outcome<>(null, ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while many are asked", ex);
		}
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

}
