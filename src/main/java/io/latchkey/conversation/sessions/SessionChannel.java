package io.latchkey.conversation.sessions;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.Deadlines;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Noise;
import io.latchkey.ssh.ExecChannel;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;
import org.jspecify.annotations.Nullable;

/**
 * An exec channel in which the script for sessions runs, beside the one of the
 * conversation. When it fails the conversation goes on, unless the connection is broken.
 */
public final class SessionChannel implements AutoCloseable {

	private static final String WORDS = "latchkey-sessions 1 ";

	private static final Pattern GREETING = Pattern.compile(WORDS + "\\d{1,10} ([+-]\\d{4})");

	/** What a login shell may print before the script speaks. */
	private static final int MOST_NOISE = 64 * 1024;

	private final SshConnection connection;

	private final Login login;

	private @Nullable ExecChannel channel;

	private @Nullable OutputStream out;

	private @Nullable Answers answers;

	private ZoneOffset zone = ZoneOffset.UTC;

	private @Nullable String failure;

	public SessionChannel(SshConnection connection, Login login) {
		this.connection = connection;
		this.login = login;
	}

	/**
	 * @throws SessionsUnavailable when the node does not answer in this way
	 * @throws NodeException when the connection broke
	 */
	<R> R ask(SessionRequest<R> request) {
		if (this.failure != null) {
			throw new SessionsUnavailable(this.failure);
		}
		try {
			this.connection.expectAnswer();
			Answers from = opened();
			send(request.text().getBytes(StandardCharsets.UTF_8));
			return request.read(from, this.zone);
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

	/** Whether it is one by which Latchkey itself is on that machine. */
	boolean isLatchkeys(LiveSession session) {
		RemoteEnd far = session.remote();
		return far != null && this.connection
			.hasOwnEnd((end) -> end.getAddress() != null && far.is(end.getAddress().getHostAddress(), end.getPort()));
	}

	@Override
	public void close() {
		if (this.channel != null) {
			this.channel.close();
		}
		this.connection.expectNothing();
	}

	/** What comes after an answer that made no sense makes none either. */
	private SessionsUnavailable unavailable(String why) {
		this.failure = why;
		return new SessionsUnavailable(why);
	}

	private Answers opened() throws IOException {
		if (this.answers != null) {
			return this.answers;
		}
		ExecChannel opened = this.connection.exec(SessionScript.command(this.login.privilege()));
		this.channel = opened;
		this.out = opened.out();
		Answers from = new Answers(opened.in(), Deadlines.of(this.connection));
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

}
