package io.latchkey.conversation.logs;

import java.util.Arrays;

import io.latchkey.conversation.protocol.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file of a log: what comes after what was read, or the file from its start.
 */
final class FilePart {

	private static final int MOST_UNPACKED = 512 * 1024;

	/** So much of what was read before comes along at least. */
	private static final int TAIL = 64;

	private final LogPosition from;

	private final LogRead read;

	private final boolean isFirst;

	/**
	 * @param isFirst whether it is the first that the node tells
	 */
	FilePart(LogPosition from, LogRead read, boolean isFirst) {
		this.from = from;
		this.read = read;
		this.isFirst = isFirst;
	}

	/**
	 * @param part where it begins
	 * @param size of the file; negative when that is not known
	 */
	void add(LogPosition.InFile part, long size, byte[] content) {
		this.read.source = "own".equals(part.kind()) ? ServerLog.Source.OWN : ServerLog.Source.SYSLOG;
		LogPosition.InFile before = this.from.inFile().filter((file) -> file.inode().equals(part.inode())).orElse(null);
		int begin = beginning(part, before, size, content);
		if (begin < 0) {
			beginAnew(part, size);
			return;
		}
		int end = endOfLines(content);
		if (end > begin) {
			addLines(content, begin, end);
			this.read.next = new LogPosition.InFile(part.kind(), part.inode(), part.offset() + end,
					this.from.inFile().map(LogPosition.InFile::path).orElse(part.path()))
				.with(tail(content, end));
		}
		boolean whole = (size < 0) ? content.length < MOST_UNPACKED : part.offset() + content.length >= size;
		this.read.over = !whole;
	}

	/** It has the same number and is another file. */
	private void beginAnew(LogPosition.InFile part, long size) {
		this.read.gap = true;
		if (size >= 0) {
			this.read.over = true;
			this.read.next = new LogPosition.InFile(part.kind(), part.inode(), 0, part.path()).with(null);
		}
	}

	/**
	 * Where in the content the first new line begins; negative when it is another file.
	 */
	private int beginning(LogPosition.InFile part, LogPosition.@Nullable InFile before, long size, byte[] content) {
		if (before == null) {
			this.read.gap |= !this.from.isNone() && this.isFirst;
			return (part.offset() == 0) ? 0 : afterFirstLine(content);
		}
		if (size >= 0 && size < before.offset()) {
			this.read.gap = true;
			return 0;
		}
		long begin = before.offset() - part.offset();
		if (begin < 0) {
			this.read.gap = true;
			return afterFirstLine(content);
		}
		if (begin > content.length || begin > 0 && content[(int) begin - 1] != '\n') {
			return -1;
		}
		boolean same = this.from.last() == null || begin == 0 || tail(content, (int) begin).equals(this.from.last());
		return same ? (int) begin : -1;
	}

	private static int afterFirstLine(byte[] content) {
		for (int i = 0; i < content.length; i++) {
			if (content[i] == '\n') {
				return i + 1;
			}
		}
		return content.length;
	}

	private static int endOfLines(byte[] content) {
		int end = content.length;
		while (end > 0 && content[end - 1] != '\n') {
			end--;
		}
		return end;
	}

	/** By which the end of what was read is known again. */
	private static String tail(byte[] content, int end) {
		return ContentHash.of(Arrays.copyOfRange(content, Math.max(0, end - TAIL), end));
	}

	private void addLines(byte[] content, int begin, int end) {
		int start = begin;
		for (int i = begin; i < end; i++) {
			if (content[i] == '\n') {
				this.read.lines.add(LogRead.text(content, start, i));
				start = i + 1;
			}
		}
	}

}
