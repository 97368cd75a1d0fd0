package io.latchkey.passwords;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.latchkey.core.ConnectionShare;
import io.latchkey.inventory.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the nodes of all rounds, so many at a time.
 */
final class RoundThreads implements AutoCloseable {

	private static final int AT_A_TIME = 16;

	private static final Logger log = LoggerFactory.getLogger(RoundThreads.class);

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME,
			ConnectionShare.CALLERS.threads("password-rounds"));

	private final Map<Long, CountDownLatch> underWay = new ConcurrentHashMap<>();

	/** Does this with each node; one that breaks off keeps none of the others. */
	void run(long round, Collection<Node> nodes, Consumer<Node> work) {
		CountDownLatch left = new CountDownLatch(1);
		AtomicInteger count = new AtomicInteger(nodes.size());
		if (nodes.isEmpty() || this.underWay.putIfAbsent(round, left) != null) {
			return;
		}
		nodes.forEach((node) -> this.threads.execute(() -> {
			try {
				work.accept(node);
			}
			catch (RuntimeException ex) {
				log.error("What became of passwords on node {} could not be put on record", node.name(), ex);
			}
			finally {
				if (count.decrementAndGet() == 0) {
					// whoever waits finds it ended
					this.underWay.remove(round, left);
					left.countDown();
				}
			}
		}));
	}

	boolean isUnderWay(long round) {
		return this.underWay.containsKey(round);
	}

	void await(long round, Duration atMost) {
		CountDownLatch left = this.underWay.get(round);
		try {
			if (left != null) {
				left.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
