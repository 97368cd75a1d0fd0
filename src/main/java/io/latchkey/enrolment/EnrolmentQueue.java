package io.latchkey.enrolment;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.latchkey.inventory.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to many nodes that are not enrolled yet, so many at a time, each once. What is
 * under way when the process ends is forgotten: a person asked for it, and sees that it
 * was not done.
 */
class EnrolmentQueue implements AutoCloseable {

	/** More only queue at the two sides' processors. */
	private static final int AT_A_TIME = 24;

	private static final Logger log = LoggerFactory.getLogger(EnrolmentQueue.class);

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, (task) -> {
		Thread thread = new Thread(task, "enrolment");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<NodeId> underWay = ConcurrentHashMap.newKeySet();

	/** Those that are under way already are not begun again. */
	void add(Collection<NodeId> nodes, Consumer<NodeId> task) {
		nodes.stream().filter(this.underWay::add).forEach((node) -> this.threads.execute(() -> {
			try {
				task.accept(node);
			}
			catch (RuntimeException ex) {
				log.error("The enrolment of node {} broke off", node.value(), ex);
			}
			finally {
				this.underWay.remove(node);
			}
		}));
	}

	Set<NodeId> underWay() {
		return Set.copyOf(this.underWay);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
