package io.latchkey.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with one verified node: one SSH connection, one {@code exec} channel,
 * the node-side script. For one thread at a time. Every method throws
 * {@link NodeException} when the conversation fails, and it is over then.
 */
public class NodeConversation implements AutoCloseable {

	/** More accounts than any node has. */
	private static final int MOST_ACCOUNTS = 10_000;

	/** What a login shell may print before the script speaks. */
	private static final int MOST_NOISE = 64 * 1024;

	private static final int CHUNK = 64 * 1024;

	private static final Duration EXIT_STATUS_WITHIN = Duration.ofSeconds(2);

	private static final byte[] NOTHING = new byte[0];

	private final SshConnection connection;

	private final ChannelExec channel;

	private final OutputStream out;

	private final Answers answers;

	private final ErrorOutput errors;

	private final Login login;

	private final Clock clock;

	private final StringBuilder noise = new StringBuilder();

	private final Map<String, String> paths = new HashMap<>();

	private final Instant begun;

	private @Nullable NodeFacts facts;

	private boolean over;

	private NodeConversation(SshConnection connection, ChannelExec channel, ErrorOutput errors, Login login,
			Clock clock) throws IOException {
		this.connection = connection;
		this.channel = channel;
		this.out = channel.getOutputStream();
		this.answers = new Answers(channel.getInputStream());
		this.errors = errors;
		this.login = login;
		this.clock = clock;
		this.begun = clock.instant();
	}

	/** Starts the script, and does not wait for it. */
	static NodeConversation begin(SshConnection connection, Login login, Clock clock) {
		try {
			ChannelExec channel = connection.exec();
			ErrorOutput errors = new ErrorOutput();
			channel.setCommand(NodeScript.command(login.privilege()));
			channel.setErrStream(errors);
			NodeConversation conversation = new NodeConversation(connection, channel, errors, login, clock);
			// without a time-out of its own JSch polls for the answer
			channel.connect();
			conversation.send(NodeScript.text());
			return conversation;
		}
		catch (JSchException | IOException ex) {
			throw connection.failures().speaking(ex, connection.watchdog(), connection.socket());
		}
	}

	/** Looks at the accounts' files; contents do not come along. */
	public Observation observe(List<AccountQuery> accounts) {
		List<AccountQuery> asked = accounts.stream().filter((query) -> isReached(query.account())).toList();
		if (asked.size() > MOST_ACCOUNTS) {
			throw new IllegalArgumentException("More than %d accounts".formatted(MOST_ACCOUNTS));
		}
		StringBuilder request = new StringBuilder("observe %d\n".formatted(asked.size()));
		asked.forEach((query) -> request.append("account %s %s\n".formatted(query.account(), query.pathPattern())));
		return ask(request.toString(), NOTHING, (facts) -> {
			List<ObservedAccount> observed = new ArrayList<>();
			for (AccountQuery query : accounts) {
				observed.add(isReached(query.account()) ? observed(query.account())
						: new ObservedAccount(query.account(), null, Presence.UNREADABLE, null));
			}
			Grammar.OBSERVED.match(this.answers.line());
			observed.forEach(this::rememberPath);
			return new Observation(facts, observed);
		});
	}

	/**
	 * Reads an account's file, with the account's own rights. A file that changes
	 * meanwhile may come torn; its {@link ContentHash} is not the observed one then.
	 * @param path as observed
	 * @throws NodeException.FileUnreadable when it cannot be read; the conversation goes
	 * on
	 */
	public byte[] read(String account, String path) {
		NodeScript.requireAccount(account);
		NodeScript.requirePath(path);
		return ask("read %s %s\n".formatted(account, path), NOTHING, (facts) -> {
			String answer = this.answers.line();
			Matcher failed = Grammar.FAILED.matcher(answer);
			if (failed.matches()) {
				throw this.connection.failures().fileUnreadable(account, path, failed.group(1), failed.group(2));
			}
			int size = Grammar.contentSize(answer);
			return this.answers.bytes(size, this.connection::expectAnswer);
		});
	}

	/**
	 * Replaces the account's file at the path that this conversation observed, with the
	 * account's own rights.
	 * @param expectedHash the hash of what is to be replaced; null when nothing stands
	 * there
	 * @throws IllegalStateException when the account was not observed, or has no path
	 */
	public WriteResult write(String account, @Nullable String expectedHash, byte[] content) {
		String path = this.paths.get(account);
		if (path == null) {
			throw new IllegalStateException("No path was observed for " + account);
		}
		if (content.length > NodeScript.CONTENT_LIMIT) {
			return new WriteResult.Failed("too-large", content.length + " bytes");
		}
		String expected = (expectedHash != null) ? NodeScript.requireHash(expectedHash) : "-";
		String request = "write %s %s %d %s\n".formatted(account, expected, content.length, path);
		return ask(request, content, (facts) -> Grammar.writeResult(this.answers.line(), ContentHash.of(content)));
	}

	/** The software version of the node's banner, such as {@code OpenSSH_9.2p1}. */
	public String sshVersion() {
		return this.connection.sshVersion();
	}

	@Override
	public void close() {
		this.over = true;
		this.connection.close();
	}

	/** Under {@link Privilege#SELF} the login's own account alone. */
	private boolean isReached(String account) {
		return this.login.privilege() != Privilege.SELF || account.equals(this.login.account());
	}

	private ObservedAccount observed(String account) throws IOException {
		return Grammar.observedAccount(account, this.answers.line());
	}

	private void rememberPath(ObservedAccount account) {
		if (account.path() != null) {
			this.paths.put(account.account(), account.path());
		}
		else {
			this.paths.remove(account.account());
		}
	}

	private <T> T ask(String request, byte[] content, Answer<T> answer) {
		if (this.over) {
			throw new IllegalStateException("The conversation is over");
		}
		try {
			this.connection.expectAnswer();
			send(request.getBytes(StandardCharsets.UTF_8));
			send(content);
			T read = answer.read(greeted());
			this.connection.expectNothing();
			return read;
		}
		catch (NodeException.FileUnreadable ex) {
			this.connection.expectNothing();
			throw ex;
		}
		catch (Grammar.Violation ex) {
			close();
			throw this.connection.failures().unreadable(ex.fault());
		}
		catch (NodeException ex) {
			close();
			throw ex;
		}
		catch (IOException ex) {
			NodeException failure = ended(ex);
			close();
			throw failure;
		}
	}

	private void send(byte[] bytes) throws IOException {
		for (int sent = 0; sent < bytes.length; sent += CHUNK) {
			this.out.write(bytes, sent, Math.min(CHUNK, bytes.length - sent));
			this.out.flush();
			this.connection.expectAnswer();
		}
	}

	/** What the script says of itself, after whatever the login shell had to say. */
	private NodeFacts greeted() throws IOException {
		if (this.facts == null) {
			String line = this.answers.line();
			while (!line.startsWith("latchkey-node ")) {
				hear(line);
				line = this.answers.line();
			}
			Greeting greeting = Greeting.parse(line);
			if (greeting.uid() != 0 && this.login.privilege() != Privilege.SELF) {
				throw this.connection.failures().notRoot(greeting.uid());
			}
			if (greeting.hasNoHasher()) {
				throw this.connection.failures().noHasher();
			}
			this.facts = greeting.facts(this.begun, this.clock.instant(), sshVersion());
		}
		return this.facts;
	}

	private void hear(String line) {
		this.noise.append(line).append('\n');
		if (this.noise.length() > MOST_NOISE) {
			throw new Grammar.Violation("the login shell prints without end");
		}
	}

	/** Why the answers ended. */
	private NodeException ended(IOException ex) {
		NodeFailures failures = this.connection.failures();
		boolean closed = this.connection.isUp() && this.errors.awaitClose(EXIT_STATUS_WITHIN);
		int exitStatus = this.channel.getExitStatus();
		if (exitStatus < 0 && (!closed || !this.connection.isUp())) {
			return failures.speaking(ex, this.connection.watchdog(), this.connection.socket());
		}
		if (this.facts == null) {
			String begunLine = (ex instanceof Answers.EndInLine end) ? end.begun() : "";
			return failures.noGreeting(this.login.privilege(), exitStatus, this.noise + begunLine, this.errors.line());
		}
		return new NodeException.ScriptFailed(exitStatus, "", this.errors.line());
	}

	/**
	 * Reads what follows a request.
	 */
	@FunctionalInterface
	private interface Answer<T> {

		T read(NodeFacts facts) throws IOException;

	}

}
