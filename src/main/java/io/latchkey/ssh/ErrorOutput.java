package io.latchkey.ssh;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.latchkey.openssh.ShownText;

/**
 * The end of what the node's side wrote to its standard error, where it says why it
 * ended; what a shell's rc files printed before is let go.
 */
final class ErrorOutput extends OutputStream {

	private static final int LIMIT = 4096;

	private final StringBuilder text = new StringBuilder();

	private final CountDownLatch closed = new CountDownLatch(1);

	@Override
	public void write(int value) {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public synchronized void write(byte[] bytes, int offset, int length) {
		int kept = Math.min(length, LIMIT);
		this.text.append(new String(bytes, offset + length - kept, kept, StandardCharsets.ISO_8859_1));
		this.text.delete(0, Math.max(0, this.text.length() - LIMIT));
	}

	@Override
	public void close() {
		this.closed.countDown();
	}

	/**
	 * Waits until the channel is closed: only then its exit status is known. Says whether
	 * it was.
	 */
	boolean awaitClose(Duration within) {
		try {
			return this.closed.await(within.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** In one line, as it is shown. */
	synchronized String line() {
		byte[] bytes = this.text.toString().getBytes(StandardCharsets.ISO_8859_1);
		return ShownText.inOneLine(new String(bytes, StandardCharsets.UTF_8));
	}

}
