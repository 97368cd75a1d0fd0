package io.latchkey.conversation.logs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.modulith.NamedInterface;

/**
 * How far a node's log was read, in words that are kept until the next time.
 *
 * @param request as the script has it
 * @param last what the last line hashes to that was read, by which it is seen to be the
 * same log; null where that is not known
 */
@NamedInterface("logs")
public record LogPosition(String request, @Nullable String last) {

	/** The longest that it is written, in characters. */
	public static final int LONGEST = 3_000;

	private static final int LENGTH_OF_LAST = 65;

	private static final Pattern REQUEST = Pattern.compile(
			"-|journal [A-Za-z0-9=;:_+/-]{1,400}|since \\d{1,11}|(?:own|file) \\d{1,20} \\d{1,15} /[^\\p{Cntrl}]{1,2047}");

	private static final Pattern WRITTEN = Pattern.compile("([0-9a-f]{64}|-) (.*)");

	/** Nothing was read yet. */
	public static final LogPosition NONE = new LogPosition("-", null);

	private static final Pattern FILE = Pattern.compile("(own|file) (\\d+) (\\d+) (/.*)");

	/**
	 * @throws IllegalArgumentException when no node could be asked for it
	 */
	public LogPosition {
		if (request.length() > LONGEST - LENGTH_OF_LAST || !REQUEST.matcher(request).matches()) {
			throw new IllegalArgumentException("Not a position in a log: " + request);
		}
	}

	/** As it was written; nothing was read where it is not understood. */
	public static LogPosition parse(@Nullable String text) {
		Matcher written = WRITTEN.matcher((text != null) ? text : "");
		if (!written.matches() || !REQUEST.matcher(written.group(2)).matches()) {
			return NONE;
		}
		return new LogPosition(written.group(2), "-".equals(written.group(1)) ? null : written.group(1));
	}

	/** In one line. */
	public String write() {
		return ((this.last != null) ? this.last : "-") + " " + this.request;
	}

	boolean isNone() {
		return "-".equals(this.request);
	}

	boolean isOfJournal() {
		return this.request.startsWith("journal ");
	}

	/** Where it is in a file; nothing of a journal. */
	Optional<InFile> inFile() {
		Matcher file = FILE.matcher(this.request);
		return file.matches()
				? Optional.of(new InFile(file.group(1), file.group(2), Long.parseLong(file.group(3)), file.group(4)))
				: Optional.empty();
	}

	/**
	 * A place in a file.
	 *
	 * @param kind own or file
	 */
	record InFile(String kind, String inode, long offset, String path) {

		LogPosition with(@Nullable String last) {
			return new LogPosition("%s %s %d %s".formatted(this.kind, this.inode, this.offset, this.path), last);
		}

	}

}
