package io.latchkey.transport;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The answers that the script may give, as its header has them. Nothing else is taken.
 */
final class Grammar {

	static final Line OBSERVED = new Line("observed");

	static final Pattern FAILED = Pattern.compile("failed ([a-z-]{1,30}) ([^\\p{Cntrl}]{1,400})");

	private static final String HASH = "[0-9a-f]{64}";

	private static final Pattern ACCOUNT = Pattern
		.compile("account (\\S+) ([a-z-]+) (" + HASH + "|-) (-|/[^\\p{Cntrl}]*)");

	private static final Pattern CONTENT = Pattern.compile("content (\\d{1,8})");

	private static final Pattern WRITTEN = Pattern.compile("written (" + HASH + ")");

	private static final Pattern CHANGED = Pattern.compile("changed (" + HASH + "|-)");

	private static final Map<String, Presence> PRESENCES = Map.of("file", Presence.FILE, "absent", Presence.ABSENT,
			"no-account", Presence.NO_ACCOUNT, "no-home", Presence.NO_HOME, "not-file", Presence.NOT_A_FILE, "symlink",
			Presence.SYMLINK, "ssh-not-folder", Presence.SSH_NOT_A_FOLDER, "unreadable", Presence.UNREADABLE);

	private Grammar() {
	}

	static ObservedAccount observedAccount(String account, String line) {
		Matcher matcher = ACCOUNT.matcher(line);
		if (matcher.matches() && matcher.group(1).equals(account)) {
			Presence presence = PRESENCES.get(matcher.group(2));
			String hash = unlessNone(matcher.group(3));
			String path = unlessNone(matcher.group(4));
			if (presence != null && fits(presence, path, hash)) {
				return new ObservedAccount(account, path, presence, hash);
			}
		}
		throw new Violation("the account %s was expected".formatted(account), line);
	}

	static int contentSize(String line) {
		Matcher matcher = CONTENT.matcher(line);
		if (matcher.matches()) {
			int size = Integer.parseInt(matcher.group(1));
			if (size <= NodeScript.CONTENT_LIMIT) {
				return size;
			}
		}
		throw new Violation("content was expected", line);
	}

	/**
	 * @param wanted the hash of what was to be written
	 */
	static WriteResult writeResult(String line, String wanted) {
		Matcher failed = FAILED.matcher(line);
		if (failed.matches()) {
			return new WriteResult.Failed(failed.group(1), failed.group(2));
		}
		Matcher changed = CHANGED.matcher(line);
		if (changed.matches()) {
			return new WriteResult.Changed(unlessNone(changed.group(1)));
		}
		Matcher written = WRITTEN.matcher(line);
		if (written.matches() && written.group(1).equals(wanted)) {
			return new WriteResult.Written(wanted);
		}
		throw new Violation("the outcome of writing %s was expected".formatted(wanted), line);
	}

	private static boolean fits(Presence presence, @Nullable String path, @Nullable String hash) {
		return (presence == Presence.FILE) == (hash != null) && (path != null || switch (presence) {
			case NO_ACCOUNT, NO_HOME, UNREADABLE -> true;
			default -> false;
		});
	}

	private static @Nullable String unlessNone(String field) {
		return "-".equals(field) ? null : field;
	}

	/**
	 * A line that is always the same.
	 */
	record Line(String text) {

		void match(String line) {
			if (!this.text.equals(line)) {
				throw new Violation("'%s' was expected".formatted(this.text), line);
			}
		}

	}

	/**
	 * An answer that is none.
	 */
	static final class Violation extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private static final int SHOWN = 200;

		private final String fault;

		Violation(String fault) {
			super(fault);
			this.fault = fault;
		}

		Violation(String expected, String line) {
			this("%s, not: %s".formatted(expected,
					ErrorOutput.oneLine(line.substring(0, Math.min(SHOWN, line.length())))));
		}

		String fault() {
			return this.fault;
		}

	}

}
