package io.latchkey.ssh;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * The threads of conversations: daemons, and virtual where waiting in
 * {@code synchronized}, as JSch does, does not hold up their carrier.
 */
final class NodeThreads {

	private static final int JAVA_THAT_UNPINS = 24;

	private NodeThreads() {
	}

	static ThreadFactory factory() {
		if (Runtime.version().feature() >= JAVA_THAT_UNPINS) {
			return new VirtualThreadTaskExecutor("node-").getVirtualThreadFactory();
		}
		return platform("node");
	}

	static ScheduledExecutorService timer() {
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, platform("node-deadlines"));
		timer.setRemoveOnCancelPolicy(true);
		return timer;
	}

	static ExecutorService resolver() {
		return Executors.newCachedThreadPool(platform("node-addresses"));
	}

	static ExecutorService closers() {
		return Executors.newCachedThreadPool(platform("node-closing"));
	}

	private static ThreadFactory platform(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

}
