package io.latchkey.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a node sends, up to a budget for all of its connection: whatever it sends, and in
 * whichever layer, it costs time to decrypt and to read. What it takes of that time has a
 * budget, too: a few bytes can ask for much, such as new keys.
 */
final class BoundedInput extends FilterInputStream {

	/** The largest file there may be, many times, and all that is said about it. */
	static final long BUDGET = 128L * 1024 * 1024;

	/** All the bytes of the budget are decrypted in less. */
	static final Duration CPU_BUDGET = Duration.ofSeconds(10);

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final long budget;

	private final Duration cpuBudget;

	private long read;

	private @Nullable Thread reader;

	private long cpuBefore;

	private long cpu;

	BoundedInput(InputStream in) {
		this(in, BUDGET, CPU_BUDGET);
	}

	BoundedInput(InputStream in, long budget, Duration cpuBudget) {
		super(in);
		this.budget = budget;
		this.cpuBudget = cpuBudget;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length > 0 && this.read >= this.budget) {
			throw new IOException(
					"the node sent more than %d MiB over one connection".formatted(this.budget / 1024 / 1024));
		}
		spend();
		int count = super.read(bytes, offset, (int) Math.min(length, this.budget - this.read));
		this.read += Math.max(0, count);
		return count;
	}

	/** Counts what the thread did since it read the last time. */
	private void spend() throws IOException {
		Thread current = Thread.currentThread();
		long now = cpuOfCurrentThread();
		if (current == this.reader) {
			this.cpu += Math.max(0, now - this.cpuBefore);
		}
		this.reader = current;
		this.cpuBefore = now;
		if (this.cpu > this.cpuBudget.toNanos()) {
			throw new IOException(
					"the node took more than %d s of work over one connection".formatted(this.cpuBudget.toSeconds()));
		}
	}

	/** Always the same where it cannot be told, as in a virtual thread. */
	private static long cpuOfCurrentThread() {
		try {
			return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
		}
		catch (UnsupportedOperationException ex) {
			return 0;
		}
	}

}
