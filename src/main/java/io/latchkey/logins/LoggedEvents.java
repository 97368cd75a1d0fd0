package io.latchkey.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.openssh.LogLine;
import io.latchkey.openssh.LogTime;
import io.latchkey.openssh.LoginEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a log say of logins, by Latchkey's clock.
 *
 * @param from the instant of the first line that is the server's; null when there was
 * none
 * @param until the latest of all; null when there was none
 */
record LoggedEvents(List<Came> events, @Nullable Instant from, @Nullable Instant until) {

	/** A node's clock may be somewhat ahead of what was measured. */
	private static final Duration AHEAD = Duration.ofSeconds(5);

	/**
	 * @param after what is no later was read before; null when nothing was
	 * @param now when it was read
	 */
	static LoggedEvents of(ServerLog log, NodeFacts facts, @Nullable Instant after, Instant now) {
		List<Came> events = new ArrayList<>();
		Set<String> refused = new HashSet<>();
		Instant from = null;
		Instant until = null;
		for (String text : log.lines()) {
			LogLine line = ((log.source() == ServerLog.Source.OWN) ? LogLine.ofOwnFile(text) : LogLine.ofSyslog(text))
				.orElse(null);
			if (line == null) {
				continue;
			}
			Instant at = at(line.time(), facts, now);
			from = (from == null) ? at : from;
			until = (until == null || at.isAfter(until)) ? at : until;
			LoginEvent event = line.event().orElse(null);
			boolean counts = event instanceof LoginEvent.Accepted
					|| event instanceof LoginEvent.Refused refusal && refused.add(connection(refusal, line));
			if (counts && event != null && (after == null || at.isAfter(after))) {
				events.add(new Came(at, event));
			}
		}
		return new LoggedEvents(events, from, until);
	}

	/**
	 * sshd says several things of a connection that it refuses, and not all of them with
	 * its port; each connection has a process of its own.
	 */
	private static String connection(LoginEvent.Refused refusal, LogLine line) {
		return (line.process() != null) ? "%s [%d]".formatted(refusal.address(), line.process())
				: "%s %d".formatted(refusal.address(), refusal.port());
	}

	/** sshd's own file has no times: then it was since the last look. */
	private static Instant at(@Nullable LogTime time, NodeFacts facts, Instant now) {
		if (time == null) {
			return now;
		}
		Instant at = time.near(facts.now(), facts.zone()).minus(facts.clockOffset());
		return at.isAfter(now.plus(AHEAD)) ? now : at;
	}

	/**
	 * Somebody came, at an instant.
	 */
	record Came(Instant at, LoginEvent event) {

	}

}
