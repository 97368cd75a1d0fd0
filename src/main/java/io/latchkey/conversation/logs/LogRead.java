package io.latchkey.conversation.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What was read of a log so far, and where the next look begins. */
final class LogRead {

	final List<String> lines = new ArrayList<>();

	LogPosition next;

	ServerLog.Source source = ServerLog.Source.SYSLOG;

	/** Whether something may have been written that nobody has read. */
	boolean gap;

	/** Whether there is more of it than was told. */
	boolean over;

	LogRead(LogPosition from) {
		this.next = from;
	}

	ServerLog toLog() {
		return new ServerLog(this.source, List.copyOf(this.lines), this.next, this.gap, null);
	}

	static String text(byte[] content, int start, int end) {
		return new String(content, start, end - start, StandardCharsets.UTF_8);
	}

}
