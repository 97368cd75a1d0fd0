package io.latchkey.conversation.logs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;

/**
 * Makes whole lines of the parts of a log that a node tells, and sees whether they begin
 * where the last time ended.
 */
final class LogParts {

	/** The most that one part holds: what is new, and what comes along before it. */
	static final int MOST_BYTES = 258 * 4096;

	/** More parts than a file was rotated into meanwhile. */
	static final int MOST_PARTS = 5;

	private static final Pattern PART = Pattern
		.compile("part (?:journal|(own|file) (\\d{1,20}) (\\d{1,15}) (\\d{1,15}|-) (/[^\\p{Cntrl}]{1,2047}))");

	private final LogPosition from;

	private final LogRead read;

	private int parts;

	LogParts(LogPosition from) {
		this.from = from;
		this.read = new LogRead(from);
	}

	static boolean isPart(String line) {
		return PART.matcher(line).matches();
	}

	ServerLog end() {
		return this.read.toLog();
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
			new JournalPart(this.from, this.read).add(content);
		}
		else if (!this.read.over) {
			long size = "-".equals(part.group(4)) ? -1 : Long.parseLong(part.group(4));
			new FilePart(this.from, this.read, this.parts == 1).add(
					new LogPosition.InFile(part.group(1), part.group(2), Long.parseLong(part.group(3)), part.group(5)),
					size, content);
		}
	}

}
