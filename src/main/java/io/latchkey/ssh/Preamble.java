package io.latchkey.ssh;

import java.nio.charset.StandardCharsets;

import io.latchkey.openssh.ShownText;

/**
 * The beginning of what a server says before its version string (RFC 4253, section 4.2),
 * which is where sshd says that it takes nobody.
 */
final class Preamble {

	private static final int LIMIT = 1024;

	private static final String VERSION = "SSH-";

	private final StringBuilder text = new StringBuilder();

	private boolean over;

	synchronized void hear(byte[] bytes, int offset, int count) {
		if (!this.over && count > 0) {
			int room = Math.min(count, LIMIT - this.text.length());
			this.text.append(new String(bytes, offset, room, StandardCharsets.ISO_8859_1));
			this.over = this.text.length() == LIMIT || this.text.indexOf(VERSION) == 0
					|| this.text.indexOf("\n" + VERSION) >= 0;
		}
	}

	/** Whether the version string has come, or too much before it. */
	synchronized boolean isOver() {
		return this.over;
	}

	/** In one line, without control characters; empty when nothing came. */
	synchronized String line() {
		return ShownText.inOneLine(this.text.toString());
	}

}
