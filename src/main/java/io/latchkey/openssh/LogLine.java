package io.latchkey.openssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A line that an SSH server wrote to syslog, or to a file of its own.
 *
 * <pre>
 * line    = [time host [facility] program "[" process "]: "] message
 * program = "sshd" | "sshd-session" | "sshd-auth" | "dropbear"
 * </pre>
 *
 * Without its head it comes from the file that sshd itself writes ({@code sshd -E}). It
 * is only as true as the log: who may write to syslog may write such a line.
 *
 * @param time null without a head
 * @param process the number of the server's process; null without a head
 */
public record LogLine(@Nullable LogTime time, @Nullable Long process, String message) {

	/** The most that is looked at: sshd cuts its lines at 1,024 bytes. */
	static final int LONGEST = 2_000;

	private static final Pattern HEAD = Pattern
		.compile("(?<time>\\d\\S{0,40}|[A-Z][a-z]{2} {1,2}\\d{1,2} [0-9:]{8}) (?:\\S{0,255}[^\\s:] ){1,2}"
				+ "(?:sshd(?:-session|-auth)?|dropbear)\\[(?<process>\\d{1,10})\\]: (?<message>.*)");

	/**
	 * One of syslog or of a journal as {@code journalctl -o short-iso} shows it. Nothing
	 * when it is another program's, or too long.
	 */
	public static Optional<LogLine> ofSyslog(String line) {
		if (line.length() > LONGEST) {
			return Optional.empty();
		}
		Matcher head = HEAD.matcher(line.stripTrailing());
		if (!head.matches()) {
			return Optional.empty();
		}
		Long process = Long.valueOf(head.group("process"));
		String message = head.group("message");
		return LogTime.parse(head.group("time")).map((time) -> new LogLine(time, process, message));
	}

	/** One of the file that sshd writes itself. Nothing when it is too long. */
	public static Optional<LogLine> ofOwnFile(String line) {
		return (line.length() > LONGEST) ? Optional.empty()
				: Optional.of(new LogLine(null, null, line.stripTrailing()));
	}

	/** What it says of a login; nothing when it is about something else. */
	public Optional<LoginEvent> event() {
		return SshdMessages.parse(this.message).or(() -> DropbearMessages.parse(this.message));
	}

}
