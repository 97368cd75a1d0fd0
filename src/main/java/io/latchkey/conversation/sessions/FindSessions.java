package io.latchkey.conversation.sessions;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;

/** Asks for the live sessions of an account, and what the logs say of them. */
record FindSessions(String account) implements SessionRequest<SessionLook> {

	/** More than any account has. */
	private static final int MOST_LINES = 20_000;

	private static final Pattern LEVEL = Pattern.compile("level ([A-Z0-9]{1,10}|-|\\?)");

	private static final Pattern LOG = Pattern.compile("log (journal|sshd|syslog) (.*)");

	private static final String NO_SSHD = "no-sshd";

	@Override
	public String text() {
		return "look %s\n".formatted(NodeScript.accountWord(this.account));
	}

	@Override
	public SessionLook read(Answers answers, ZoneOffset zone) throws IOException {
		SessionLook look = new SessionLook(this.account, zone);
		answers.linesBefore("looked", MOST_LINES, (line) -> read(line, look));
		return look;
	}

	private static void read(String line, SessionLook look) {
		LiveSession session = LiveSession.parse(line);
		Matcher level = LEVEL.matcher(line);
		Matcher log = LOG.matcher(line);
		if (session != null) {
			look.add(session);
		}
		else if (level.matches()) {
			look.logLevelIs(level.group(1));
		}
		else if (log.matches()) {
			look.add(SessionLook.Source.valueOf(log.group(1).toUpperCase(Locale.ROOT)), log.group(2));
		}
		else {
			throw noSession(line);
		}
	}

	private static RuntimeException noSession(String line) {
		Matcher failed = Grammar.FAILED.matcher(line);
		return failed.matches() ? new SessionsUnavailable(failed.group(2), NO_SSHD.equals(failed.group(1)))
				: new GrammarViolation("a session was expected", line);
	}

}
