package io.latchkey.core;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * For whom a thread works, which decides how many of the pool's connections it may have a
 * part in, and who goes first where one at a time may write.
 */
public enum ConnectionShare {

	/** People and their programs, who wait for an answer. */
	CALLERS,

	/** Runs over nodes, which are many and can wait. */
	RUNS,

	/** The scheduler's own beats and looks at what is due, which must not be late. */
	SCHEDULER;

	/** Makes daemon threads that work for it, named so with a number each. */
	public ThreadFactory threads(String name) {
		AtomicInteger numbers = new AtomicInteger();
		return (task) -> new WorkingThread(this, task, name + "-" + numbers.incrementAndGet());
	}

	static ConnectionShare ofCurrentThread() {
		return (Thread.currentThread() instanceof WorkingThread thread) ? thread.share : CALLERS;
	}

	private static final class WorkingThread extends Thread {

		private final ConnectionShare share;

		WorkingThread(ConnectionShare share, Runnable task, String name) {
			super(task, name);
			this.share = share;
			setDaemon(true);
		}

	}

}
