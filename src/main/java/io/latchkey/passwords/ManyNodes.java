package io.latchkey.passwords;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import io.latchkey.core.ConnectionShare;
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
		if (nodes.isEmpty()) {
			return List.of();
		}
		ExecutorService executor = Executors.newFixedThreadPool(Math.min(AT_A_TIME, nodes.size()),
				ConnectionShare.CALLERS.threads("password-looks"));
		try {
			List<CompletableFuture<T>> futures = nodes.stream()
				.map((node) -> CompletableFuture.supplyAsync(() -> work.apply(node), executor))
				.toList();
			return futures.stream().map(CompletableFuture::join).toList();
		}
		finally {
			executor.shutdown();
		}
	}

}
