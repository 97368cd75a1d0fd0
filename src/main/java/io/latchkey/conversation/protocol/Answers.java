package io.latchkey.conversation.protocol;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

import io.latchkey.openssh.ShownText;

/**
 * What the node's side writes, line by line or as so many bytes, and never more of it
 * than fits. A hostile node decides what comes here.
 */
public final class Answers {

	static final int LINE_LIMIT = 8192;

	/** Of one conversation: what it has to say of the most accounts, many times. */
	static final int MOST_LINES = 500_000;

	private static final int CHUNK = 64 * 1024;

	private final InputStream in;

	private final Deadlines deadlines;

	private int lines;

	/**
	 * @param deadlines of what is read
	 */
	public Answers(InputStream in, Deadlines deadlines) {
		this.in = new BufferedInputStream(in, 16 * 1024);
		this.deadlines = deadlines;
	}

	/**
	 * A line without its LF, as it is shown; what is not UTF-8 stands as U+FFFD as well.
	 * A name that does not show as what it is names nothing on the node.
	 * @throws EOFException when the stream ends before the LF
	 * @throws GrammarViolation when it is too long, or one too many
	 */
	public String line() throws IOException {
		this.lines++;
		if (this.lines > MOST_LINES) {
			throw new GrammarViolation("at most %d lines were expected".formatted(MOST_LINES));
		}
		return ShownText.of(lineBytes().toString(StandardCharsets.UTF_8));
	}

	/** The next line, for which the node may take as long as for a first one. */
	String awaitLine() throws IOException {
		this.deadlines.expectAnswer();
		return line();
	}

	/**
	 * Reads the lines before the last one, each as it comes.
	 * @param last what the last one says
	 * @param most of the lines before it
	 */
	public void linesBefore(String last, int most, Consumer<String> reading) throws IOException {
		String line = line();
		for (int lines = 0; !last.equals(line); lines++) {
			requireAtMost(most, lines);
			reading.accept(line);
			line = awaitLine();
		}
	}

	/** No answer has more lines than were asked for. */
	public static void requireAtMost(int most, int lines) {
		if (lines >= most) {
			throw new GrammarViolation("an answer of at most %d lines was expected".formatted(most));
		}
	}

	/**
	 * The first line in which these words stand, from there on, without its LF. What
	 * comes before may be any bytes: a shell's rc files print what they like, without a
	 * line end as well.
	 * @param words in ASCII
	 * @throws EOFException when the stream ends before that
	 * @throws Noise.TooMuch when there is more before it than is put up with
	 */
	public String lineFrom(String words, Noise noise) throws IOException {
		StringBuilder line = new StringBuilder(128);
		while (true) {
			int next = this.in.read();
			if (next < 0) {
				throw new EOFException("the answer ended");
			}
			int found = (next == '\n') ? line.lastIndexOf(words) : -1;
			if (found >= 0) {
				return line.substring(found);
			}
			noise.hear(next);
			if (next == '\n') {
				line.setLength(0);
			}
			else {
				line.append((char) next);
			}
		}
	}

	/** So many bytes; whenever some have come, the next may take as long again. */
	byte[] bytes(int count) throws IOException {
		byte[] bytes = new byte[count];
		int have = 0;
		while (have < count) {
			int more = this.in.read(bytes, have, Math.min(CHUNK, count - have));
			if (more < 0) {
				throw new EOFException();
			}
			have += more;
			this.deadlines.expectAnswer();
		}
		return bytes;
	}

	/**
	 * All bytes up to a line of its own, without the LF before it; whenever a line has
	 * come, the next may take as long again.
	 * @param mark in ASCII, which cannot be among them
	 * @throws GrammarViolation when there are more than that
	 */
	byte[] bytesUntil(String mark, int most) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK);
		StringBuilder line = new StringBuilder();
		while (true) {
			int next = this.in.read();
			if (next < 0) {
				throw new EOFException("the answer ended");
			}
			if (next == '\n' && mark.contentEquals(line)) {
				byte[] all = bytes.toByteArray();
				return Arrays.copyOf(all, Math.max(0, all.length - mark.length() - 1));
			}
			if (bytes.size() == most + mark.length() + 2) {
				throw new GrammarViolation("at most %d bytes were expected".formatted(most));
			}
			bytes.write(next);
			if (next == '\n') {
				line.setLength(0);
				this.deadlines.expectAnswer();
			}
			else if (line.length() <= mark.length()) {
				line.append((char) next);
			}
		}
	}

	/** Passes over so many bytes. */
	void skip(int count) throws IOException {
		for (int left = count; left > 0; left -= CHUNK) {
			bytes(Math.min(CHUNK, left));
		}
	}

	private ByteArrayOutputStream lineBytes() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream(128);
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("the answer ended");
			}
			if (line.size() == LINE_LIMIT) {
				throw new GrammarViolation("a line of at most %d bytes was expected".formatted(LINE_LIMIT));
			}
			line.write(next);
		}
		return line;
	}

}
