package io.latchkey.conversation.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.openssh.LoginLine;
import org.jspecify.annotations.Nullable;

/**
 * A session that a node serves now.
 *
 * @param process the number of sshd's process that the log names
 * @param start when that process started, in clock ticks since the node did; with the
 * number it is one process and no other
 * @param since the same, by the node's clock
 * @param remote the client's end of the connection; null where it cannot be seen
 */
record LiveSession(long process, long start, Instant since, @Nullable RemoteEnd remote) {

	private static final Pattern FORM = Pattern.compile("session (\\d{1,10}) (\\d{1,15}) (\\d{1,11}) (\\S+) (\\S+)");

	/** The clock may have been set meanwhile. */
	private static final Duration EARLIER = Duration.ofSeconds(10);

	/** Longer than LoginGraceTime of sshd_config(5) mostly is. */
	private static final Duration LATER = Duration.ofMinutes(10);

	/**
	 * @return null when the line is about something else
	 */
	static @Nullable LiveSession parse(String line) {
		Matcher matcher = FORM.matcher(line);
		if (!matcher.matches()) {
			return null;
		}
		return new LiveSession(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)),
				Instant.ofEpochSecond(Long.parseLong(matcher.group(3))), RemoteEnd.parse(matcher.group(5)));
	}

	/**
	 * Whether the line can only be about this session. What a line does not say cannot
	 * speak against it, but either the process or the connection has to.
	 */
	boolean isMeantBy(LoginLine line, ZoneOffset zone) {
		if (line.process() == null && this.remote == null) {
			return false;
		}
		boolean fits = line.process() == null || line.process() == this.process;
		boolean comesFrom = this.remote == null || this.remote.is(line.address(), line.port());
		return fits && comesFrom && (line.time() == null || isAtItsStart(line.time().near(this.since, zone)));
	}

	private boolean isAtItsStart(Instant time) {
		return !time.isBefore(this.since.minus(EARLIER)) && !time.isAfter(this.since.plus(LATER));
	}

}
