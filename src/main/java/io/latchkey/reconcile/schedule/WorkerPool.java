package io.latchkey.reconcile.schedule;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that nothing kills: what the scheduler throws while it picks what is due, as
 * when it gets no connection, is logged, and the execution stays due.
 */
final class WorkerPool extends ThreadPoolExecutor {

	private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);

	WorkerPool(int size, ThreadFactory threads) {
		super(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
	}

	@Override
	public void execute(Runnable task) {
		super.execute(() -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				log.error("A worker could not begin its task, which stays due", ex);
			}
		});
	}

}
