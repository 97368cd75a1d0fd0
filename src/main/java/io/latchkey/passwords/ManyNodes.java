package io.latchkey.passwords;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.latchkey.inventory.Node;

import org.springframework.stereotype.Component;

/**
 * Does the same with many nodes, some at a time. Each has deadlines of its own.
 */
@Component
class ManyNodes {

	static final int MOST = 100;

	private static final int AT_A_TIME = 16;

	/** Tells what it came to at each, in their order. */
	<T> List<T> each(List<Node> nodes, Function<Node, T> work) {
		return each(nodes, work, (node, result) -> {
		});
	}

	/**
	 * @param ended is told by the calling thread what it came to at a node, as soon as
	 * that is known
	 */
	<T> List<T> each(List<Node> nodes, Function<Node, T> work, BiConsumer<Node, T> ended) {
		if (nodes.isEmpty()) {
			return List.of();
		}
		ExecutorService executor = Executors.newFixedThreadPool(Math.min(AT_A_TIME, nodes.size()));
		try {
			LinkedBlockingQueue<Integer> done = new LinkedBlockingQueue<>();
			List<CompletableFuture<T>> futures = IntStream.range(0, nodes.size())
				.mapToObj((index) -> CompletableFuture.supplyAsync(() -> work.apply(nodes.get(index)), executor)
					.whenComplete((result, failure) -> done.add(index)))
				.toList();
			for (int count = 0; count < nodes.size(); count++) {
				int index = done.take();
				if (!futures.get(index).isCompletedExceptionally()) {
					ended.accept(nodes.get(index), futures.get(index).join());
				}
			}
			return futures.stream().map(CompletableFuture::join).toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while nodes are asked", ex);
		}
		finally {
			executor.shutdown();
		}
	}

}
