package io.latchkey.conversation.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.latchkey.openssh.ShownText;

/**
 * What a login shell prints before the script speaks: its rc files, a banner, a menu. Of
 * it only the beginning is kept.
 */
public final class Noise {

	private static final int KEPT = 200;

	private final int most;

	private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(KEPT);

	private int size;

	/**
	 * @param most that is put up with, in bytes
	 */
	public Noise(int most) {
		this.most = most;
	}

	/**
	 * @throws TooMuch when it has no end
	 */
	void hear(int next) {
		this.size++;
		if (this.size > this.most) {
			throw new TooMuch();
		}
		if (this.beginning.size() < KEPT) {
			this.beginning.write(next);
		}
	}

	/** Its beginning in one line, without control characters; it may be empty. */
	public String beginning() {
		return ShownText.inOneLine(this.beginning.toString(StandardCharsets.UTF_8));
	}

	public boolean isHeard() {
		return this.size > 0;
	}

	/** More came than is put up with. */
	public static final class TooMuch extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TooMuch() {
			super("the login shell prints without end");
		}

	}

}
