package io.latchkey.logins;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.latchkey.core.ConnectionShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Asks many nodes the same, some at a time of all that anybody waits for.
 */
@Component
class NodeQuestions implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(NodeQuestions.class);

	private static final int AT_A_TIME = 16;

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME,
			ConnectionShare.CALLERS.threads("session-looks"));

	/**
	 * Asks each, in parallel.
	 * @param within the time for all of them
	 * @return what each answered, in their order; empty where it did not in time
	 */
	<N, T> Map<N, Optional<T>> each(List<N> nodes, Duration within, Function<N, T> ask) {
		long end = System.nanoTime() + within.toNanos();
		Map<N, CompletableFuture<T>> asked = new LinkedHashMap<>();
		nodes.forEach((node) -> asked.put(node, CompletableFuture.supplyAsync(() -> ask.apply(node), this.threads)));
		Map<N, Optional<T>> answers = new LinkedHashMap<>();
		asked.forEach((node, answer) -> answers.put(node, await(answer, end - System.nanoTime())));
		return answers;
	}

	/** What has not begun by then is not asked any more. */
	private static <T> Optional<T> await(CompletableFuture<T> answer, long nanos) {
		try {
			return Optional.of(answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException ex) {
			answer.cancel(false);
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			answer.cancel(false);
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			log.error("A node could not be asked who is in", ex.getCause());
			return Optional.empty();
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
