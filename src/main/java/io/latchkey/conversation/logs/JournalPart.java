package io.latchkey.conversation.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.openssh.LogLine;
import io.latchkey.openssh.LogTime;
import org.jspecify.annotations.Nullable;

/**
 * What a journal tells: entries, each a line, and then its cursor, unless there is more.
 */
final class JournalPart {

	private static final Pattern CURSOR = Pattern.compile("-- cursor: ([A-Za-z0-9=;:_+/-]{1,400})");

	private final LogPosition from;

	private final LogRead read;

	JournalPart(LogPosition from, LogRead read) {
		this.from = from;
		this.read = read;
	}

	void add(byte[] content) {
		this.read.source = ServerLog.Source.JOURNAL;
		List<String> told = new ArrayList<>(List.of(LogRead.text(content, 0, content.length).split("\n")));
		String end = told.isEmpty() ? "" : told.get(told.size() - 1);
		Matcher cursor = CURSOR.matcher(end);
		boolean whole = cursor.matches();
		if (whole || !endsInLine(content)) {
			told.remove(Math.max(0, told.size() - 1));
		}
		skipKnown(told);
		if (whole) {
			this.read.next = new LogPosition("journal " + cursor.group(1),
					told.isEmpty() ? this.from.last() : hash(last(told)));
			this.read.lines.addAll(told);
		}
		else if (told.isEmpty()) {
			// an entry that the journal does not know any more
			this.read.next = LogPosition.NONE;
			this.read.gap = !this.from.isNone();
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
			this.read.gap = true;
		}
	}

	/** There is more: the next time begins with the last second that was begun here. */
	private void addUntilLastSecond(List<String> told) {
		LogTime end = timeOf(last(told));
		List<String> before = told.stream().filter((line) -> !Objects.equals(timeOf(line), end)).toList();
		if (end instanceof LogTime.Dated dated && !before.isEmpty()) {
			this.read.next = new LogPosition("since " + dated.instant().getEpochSecond(), null);
			this.read.lines.addAll(before);
		}
		else {
			this.read.next = LogPosition.NONE;
			this.read.gap = true;
			this.read.lines.addAll(told);
		}
	}

	private static @Nullable LogTime timeOf(String line) {
		return LogLine.ofSyslog(line).map(LogLine::time).orElse(null);
	}

	private static boolean endsInLine(byte[] content) {
		return content.length == 0 || content[content.length - 1] == '\n';
	}

	private static String last(List<String> told) {
		return told.get(told.size() - 1);
	}

	private static String hash(String line) {
		return ContentHash.of(line.getBytes(StandardCharsets.UTF_8));
	}

}
