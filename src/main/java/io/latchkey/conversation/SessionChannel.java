package io.latchkey.conversation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.ssh.ExecChannel;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;
import org.jspecify.annotations.Nullable;

/**
 * An exec channel in which the script for sessions runs, beside the one of the
 * conversation. When it fails the conversation goes on, unless the connection is broken.
 */
final class SessionChannel implements AutoCloseable {

	private static final String WORDS = "latchkey-sessions 1 ";

	private static final Pattern GREETING = Pattern.compile(WORDS + "\\d{1,10} ([+-]\\d{4})");

	private static final Pattern LEVEL = Pattern.compile("level ([A-Z0-9]{1,10}|-|\\?)");

	private static final Pattern LOG = Pattern.compile("log (journal|sshd|syslog) (.*)");

	private static final String NO_SSHD = "no-sshd";

	/** What a login shell may print before the script speaks. */
	private static final int MOST_NOISE = 64 * 1024;

	/** More than any account has. */
	private static final int MOST_LINES = 20_000;

	private final SshConnection connection;

	private final Login login;

	private @Nullable ExecChannel channel;

	private @Nullable OutputStream out;

	private @Nullable Answers answers;

	private ZoneOffset zone = ZoneOffset.UTC;

	private @Nullable String failure;

	SessionChannel(SshConnection connection, Login login) {
		this.connection = connection;
		this.login = login;
	}

	/**
	 * @throws Unavailable when the node does not answer in this way
	 * @throws NodeException when the connection broke
	 */
	SessionLook look(String account) {
		return ask("look %s\n".formatted(NodeScript.accountWord(account)), (answers) -> {
			SessionLook look = new SessionLook(account, this.zone);
			String line = answers.line();
			for (int lines = 0; !"looked".equals(line); lines++) {
				if (lines == MOST_LINES) {
					throw new GrammarViolation("at most %d lines were expected".formatted(MOST_LINES));
				}
				read(line, look);
				this.connection.expectAnswer();
				line = answers.line();
			}
			return look;
		});
	}

	/** Whether it is one by which Latchkey itself is on that machine. */
	boolean isLatchkeys(LiveSession session) {
		RemoteEnd far = session.remote();
		return far != null && this.connection
			.hasOwnEnd((end) -> end.getAddress() != null && far.is(end.getAddress().getHostAddress(), end.getPort()));
	}

	/**
	 * Says whether the session was there, and is gone now.
	 * @throws Stays when it could not be ended
	 * @throws Unavailable when the node does not answer in this way
	 * @throws NodeException when the connection broke
	 */
	boolean end(String account, LiveSession session) throws Stays {
		String answer = ask(
				"end %d %d %s\n".formatted(session.process(), session.start(), NodeScript.accountWord(account)),
				Answers::line);
		Matcher failed = Grammar.FAILED.matcher(answer);
		if (failed.matches()) {
			throw new Stays(failed.group(2));
		}
		if (!"ended".equals(answer) && !"gone".equals(answer)) {
			throw new Unavailable(new GrammarViolation("the end of a session was expected", answer).fault());
		}
		return "ended".equals(answer);
	}

	@Override
	public void close() {
		if (this.channel != null) {
			this.channel.close();
		}
		this.connection.expectNothing();
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
			Matcher failed = Grammar.FAILED.matcher(line);
			throw failed.matches() ? new Unavailable(failed.group(2), NO_SSHD.equals(failed.group(1)))
					: new GrammarViolation("a session was expected", line);
		}
	}

	private <T> T ask(String request, Reading<T> reading) {
		if (this.failure != null) {
			throw new Unavailable(this.failure);
		}
		try {
			this.connection.expectAnswer();
			Answers from = opened();
			send(request.getBytes(StandardCharsets.UTF_8));
			return reading.read(from);
		}
		catch (GrammarViolation ex) {
			throw unavailable(ex.fault());
		}
		catch (Noise.TooMuch ex) {
			throw unavailable(String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			if (!this.connection.isUp()) {
				throw this.connection.broken(ex);
			}
			throw unavailable("the node opened no further channel, or closed it");
		}
	}

	/** What comes after an answer that made no sense makes none either. */
	private Unavailable unavailable(String why) {
		this.failure = why;
		return new Unavailable(why);
	}

	private Answers opened() throws IOException {
		if (this.answers != null) {
			return this.answers;
		}
		ExecChannel opened = this.connection.exec(SessionScript.command(this.login.privilege()));
		this.channel = opened;
		this.out = opened.out();
		Answers from = new Answers(opened.in());
		send(SessionScript.text());
		greet(from);
		this.answers = from;
		return from;
	}

	private void greet(Answers from) throws IOException {
		String line = from.lineFrom(WORDS, new Noise(MOST_NOISE));
		Matcher greeting = GREETING.matcher(line);
		if (!greeting.matches()) {
			throw new GrammarViolation("a greeting was expected", line);
		}
		try {
			this.zone = ZoneOffset.of(greeting.group(1));
		}
		catch (DateTimeException ex) {
			throw new GrammarViolation("a zone was expected", greeting.group(1));
		}
	}

	private void send(byte[] bytes) throws IOException {
		if (this.out == null) {
			throw new IllegalStateException("The channel is not open yet");
		}
		this.out.write(bytes);
		this.out.flush();
	}

	/**
	 * Reads what follows a request.
	 */
	@FunctionalInterface
	private interface Reading<T> {

		T read(Answers answers) throws IOException;

	}

	/**
	 * Nothing can be said of sessions here.
	 */
	static final class Unavailable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final String why;

		private final boolean withoutSshd;

		Unavailable(String why) {
			this(why, false);
		}

		private Unavailable(String why, boolean withoutSshd) {
			super(why);
			this.why = why;
			this.withoutSshd = withoutSshd;
		}

		/** Whether there is no sshd whose sessions could be told of. */
		boolean isWithoutSshd() {
			return this.withoutSshd;
		}

		String why() {
			return this.why;
		}

	}

	/**
	 * A session is still there.
	 */
	static final class Stays extends Exception {

		private static final long serialVersionUID = 1L;

		private final String why;

		Stays(String why) {
			super(why);
			this.why = why;
		}

		String why() {
			return this.why;
		}

	}

}
