package io.latchkey.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a node sends, up to a budget for all of its connection: whatever it sends, and in
 * whichever layer, it costs time to decrypt and to read.
 */
final class BoundedInput extends FilterInputStream {

	/** The largest file there may be, many times, and all that is said about it. */
	static final long BUDGET = 128L * 1024 * 1024;

	private final long budget;

	private long read;

	BoundedInput(InputStream in) {
		this(in, BUDGET);
	}

	BoundedInput(InputStream in, long budget) {
		super(in);
		this.budget = budget;
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
		int count = super.read(bytes, offset, (int) Math.min(length, this.budget - this.read));
		this.read += Math.max(0, count);
		return count;
	}

}
