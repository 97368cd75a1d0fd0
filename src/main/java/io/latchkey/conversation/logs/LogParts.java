package io.latchkey.conversation.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.openssh.LogLine;
import io.latchkey.openssh.LogTime;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole lines of the parts of a log that a node tells, and sees whether they begin
 * where the last time ended.
 */
final class LogParts {

	/** The most that one part holds: what is new, and what comes along before it. */
	static final int MOST_BYTES = 258 * 4096;

	/** More parts than a file was rotated into meanwhile. */
	static final int MOST_PARTS = 5;

	private static final int MOST_UNPACKED = 512 * 1024;

	/** So much of what was read before comes along at least. */
	private static final int TAIL = 64;

	private static final Pattern PART = Pattern
		.compile("part (?:journal|(own|file) (\\d{1,20}) (\\d{1,15}) (\\d{1,15}|-) (/[^\\p{Cntrl}]{1,2047}))");

	private static final Pattern CURSOR = Pattern.compile("-- cursor: ([A-Za-z0-9=;:_+/-]{1,400})");

	private final LogPosition from;

	private final List<String> lines = new ArrayList<>();

	private LogPosition next;

	private ServerLog.Source source = ServerLog.Source.SYSLOG;

	private boolean gap;

	private boolean over;

	private int parts;

	LogParts(LogPosition from) {
		this.from = from;
		this.next = from;
	}

	static boolean isPart(String line) {
		return PART.matcher(line).matches();
	}

	ServerLog end() {
		return new ServerLog(this.source, List.copyOf(this.lines), this.next, this.gap, null);
	}

	/**
	 * @param header the line before it
	 * @throws GrammarViolation when it is none
	 */
	void add(String header, byte[] content) {
		Matcher part = PART.matcher(header);
		if (!part.matches() || this.parts++ == MOST_PARTS) {
			throw new GrammarViolation("a part of a log was expected", header);
		}
		if (part.group(1) == null) {
			addJournal(content);
		}
		else if (!this.over) {
			long size = "-".equals(part.group(4)) ? -1 : Long.parseLong(part.group(4));
			addFile(new LogPosition.InFile(part.group(1), part.group(2), Long.parseLong(part.group(3)), part.group(5)),
					size, content);
		}
	}

	// --- a journal
	// -------------------------------------------------------------------------

	private void addJournal(byte[] content) {
		this.source = ServerLog.Source.JOURNAL;
		List<String> told = new ArrayList<>(List.of(text(content, 0, content.length).split("\n")));
		String end = told.isEmpty() ? "" : told.get(told.size() - 1);
		Matcher cursor = CURSOR.matcher(end);
		boolean whole = cursor.matches();
		if (whole || !endsInLine(content)) {
			told.remove(Math.max(0, told.size() - 1));
		}
		skipKnown(told);
		if (whole) {
			this.next = new LogPosition("journal " + cursor.group(1),
					told.isEmpty() ? this.from.last() : hash(last(told)));
			this.lines.addAll(told);
		}
		else if (told.isEmpty()) {
			// an entry that the journal does not know any more
			this.next = LogPosition.NONE;
			this.gap = !this.from.isNone();
		}
		else {
			addUntilLastSecond(told);
		}
	}

	/** The entry of the cursor is the one that was read last. */
	private void skipKnown(List<String> told) {
		if (!this.from.isOfJournal() || told.isEmpty()) {
			return;
		}
		if (hash(told.get(0)).equals(this.from.last())) {
			told.remove(0);
		}
		else {
			this.gap = true;
		}
	}

	/** There is more: the next time begins with the last second that was begun here. */
	private void addUntilLastSecond(List<String> told) {
		LogTime end = timeOf(last(told));
		List<String> before = told.stream().filter((line) -> !Objects.equals(timeOf(line), end)).toList();
		if (end instanceof LogTime.Dated dated && !before.isEmpty()) {
			this.next = new LogPosition("since " + dated.instant().getEpochSecond(), null);
			this.lines.addAll(before);
		}
		else {
			this.next = LogPosition.NONE;
			this.gap = true;
			this.lines.addAll(told);
		}
	}

	private static @Nullable LogTime timeOf(String line) {
		return LogLine.ofSyslog(line).map(LogLine::time).orElse(null);
	}

	// --- files
	// -----------------------------------------------------------------------------

	/**
	 * @param part where it begins
	 * @param size of the file; negative when that is not known
	 */
	private void addFile(LogPosition.InFile part, long size, byte[] content) {
		this.source = "own".equals(part.kind()) ? ServerLog.Source.OWN : ServerLog.Source.SYSLOG;
		LogPosition.InFile before = this.from.inFile().filter((file) -> file.inode().equals(part.inode())).orElse(null);
		int begin = beginning(part, before, size, content);
		if (begin < 0) {
			beginAnew(part, size);
			return;
		}
		int end = endOfLines(content);
		if (end > begin) {
			addLines(content, begin, end);
			this.next = new LogPosition.InFile(part.kind(), part.inode(), part.offset() + end,
					this.from.inFile().map(LogPosition.InFile::path).orElse(part.path()))
				.with(tail(content, end));
		}
		boolean whole = (size < 0) ? content.length < MOST_UNPACKED : part.offset() + content.length >= size;
		this.over = !whole;
	}

	/** It has the same number and is another file. */
	private void beginAnew(LogPosition.InFile part, long size) {
		this.gap = true;
		if (size >= 0) {
			this.over = true;
			this.next = new LogPosition.InFile(part.kind(), part.inode(), 0, part.path()).with(null);
		}
	}

	/**
	 * Where in the content the first new line begins; negative when it is another file.
	 */
	private int beginning(LogPosition.InFile part, LogPosition.@Nullable InFile before, long size, byte[] content) {
		if (before == null) {
			this.gap |= !this.from.isNone() && this.parts == 1;
			return (part.offset() == 0) ? 0 : afterFirstLine(content);
		}
		if (size >= 0 && size < before.offset()) {
			this.gap = true;
			return 0;
		}
		long begin = before.offset() - part.offset();
		if (begin < 0) {
			this.gap = true;
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
				this.lines.add(text(content, start, i));
				start = i + 1;
			}
		}
	}

	private static boolean endsInLine(byte[] content) {
		return content.length == 0 || content[content.length - 1] == '\n';
	}

	private static String last(List<String> told) {
		return told.get(told.size() - 1);
	}

	private static String text(byte[] content, int start, int end) {
		return new String(content, start, end - start, StandardCharsets.UTF_8);
	}

	private static String hash(String line) {
		return ContentHash.of(line.getBytes(StandardCharsets.UTF_8));
	}

}
