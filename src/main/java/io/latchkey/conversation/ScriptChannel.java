package io.latchkey.conversation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.Seen;
import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.Bootstrap;
import io.latchkey.conversation.protocol.ConversationFailures;
import io.latchkey.conversation.protocol.Deadlines;
import io.latchkey.conversation.protocol.Greeting;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.conversation.protocol.Noise;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.core.ShownDuration;
import io.latchkey.ssh.ExecChannel;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;
import org.jspecify.annotations.Nullable;

/**
 * The exec channel in which a shell glances, or takes the script and runs it.
 */
final class ScriptChannel implements AutoCloseable {

	/** What a login shell may print before the script speaks. */
	private static final int MOST_NOISE = 64 * 1024;

	private static final int CHUNK = 64 * 1024;

	private static final Duration EXIT_STATUS_WITHIN = Duration.ofSeconds(2);

	private final SshConnection connection;

	private final ExecChannel channel;

	private final OutputStream out;

	private final Answers answers;

	private final ConversationFailures failures;

	private final Peer peer;

	private final Clock clock;

	private final Noise noise = new Noise(MOST_NOISE);

	/** When it was asked for its time. */
	private Instant begun;

	private @Nullable NodeFacts facts;

	private boolean spoken;

	private boolean heard;

	private boolean scripted;

	private boolean greeted;

	private ScriptChannel(SshConnection connection, ExecChannel channel, ConversationFailures failures, Peer peer,
			Clock clock) {
		this.connection = connection;
		this.channel = channel;
		this.out = channel.out();
		this.answers = new Answers(channel.in(), Deadlines.of(connection));
		this.failures = failures;
		this.peer = peer;
		this.clock = clock;
		this.begun = clock.instant();
	}

	/** Starts the shell, and does not wait for it. */
	static ScriptChannel open(SshConnection connection, ConversationFailures failures, Peer peer, Clock clock)
			throws IOException {
		ExecChannel channel = connection.exec(Bootstrap.command(peer.privilege()));
		return new ScriptChannel(connection, channel, failures, peer, clock);
	}

	/**
	 * Has a fresh login say the word that only a shell says which runs commands.
	 * @throws NodeException when it does not
	 */
	static void prove(SshConnection connection, ConversationFailures failures, Peer peer, Clock clock)
			throws IOException {
		ExecChannel channel = connection.exec(Bootstrap.proof(peer.privilege()));
		connection.expectAnswer();
		try (ScriptChannel fresh = new ScriptChannel(connection, channel, failures, peer, clock)) {
			fresh.hearProof();
		}
	}

	private void hearProof() {
		try {
			this.answers.lineFrom(Bootstrap.PROOF, this.noise);
		}
		catch (Noise.TooMuch ex) {
			throw drowned(ex);
		}
		catch (IOException ex) {
			throw ended(ex);
		}
	}

	Answers answers() {
		return this.answers;
	}

	/** Whether the script was sent, after which there is no glancing. */
	boolean isScripted() {
		return this.scripted;
	}

	/** Whether the node has said anything that made sense. */
	boolean isUnderstood() {
		return this.facts != null;
	}

	/**
	 * Whether the shell that told a glance waits for more, and has not got the script.
	 */
	boolean hasGlancedOnly() {
		return this.facts != null && !this.scripted;
	}

	/** What the node has said of itself. */
	Optional<NodeFacts> facts() {
		return Optional.ofNullable(this.facts);
	}

	/**
	 * Says something to the shell that told a glance, which waits as before after that.
	 * @param words what makes it understand that
	 */
	NodeFacts sayBesides(byte[] words, String text) throws IOException {
		send(words);
		send(text.getBytes(StandardCharsets.UTF_8));
		return Objects.requireNonNull(this.facts);
	}

	/** Says a request. The script comes along with the first. */
	void say(String text, byte[] content) throws IOException {
		if (!this.scripted) {
			this.scripted = true;
			this.begun = this.clock.instant();
			sign();
			send((this.facts != null) ? Bootstrap.broughtAfterGlance() : Bootstrap.brought());
		}
		send(text.getBytes(StandardCharsets.UTF_8));
		send(content);
	}

	/** What the script says of itself, after whatever the login shell had to say. */
	NodeFacts greeted() throws IOException {
		if (!this.greeted) {
			Greeting greeting = Greeting.parse(this.answers.lineFrom(Greeting.WORDS, this.noise));
			if (greeting.uid() != 0 && !this.peer.isOneAccount()) {
				throw this.failures.notRoot(greeting.uid());
			}
			if (greeting.hasNoHasher()) {
				throw this.failures.noHasher();
			}
			this.greeted = true;
			if (this.facts == null) {
				this.facts = greeting.facts(this.begun, this.clock.instant(), this.peer.sshVersion());
			}
		}
		return Objects.requireNonNull(this.facts);
	}

	/** What was seen before, with the time of now, where it is seen to be the same. */
	Optional<Observation> glance(Sights.Sight sight) throws IOException {
		Instant asked = this.clock.instant();
		sign();
		send(sight.seen().request().getBytes(StandardCharsets.UTF_8));
		String first = this.heard ? this.answers.line() : this.answers.lineFrom(Seen.WORDS, this.noise);
		this.heard = true;
		List<String> said = sight.seen().read(first, this.answers);
		Optional<Observation> same = sight.unlessChanged(said, asked, this.clock.instant(), this.peer.sshVersion());
		this.facts = same.map(Observation::facts).orElse(null);
		return same;
	}

	private void sign() throws IOException {
		if (!this.spoken) {
			this.spoken = true;
			send(Bootstrap.SIGN.getBytes(StandardCharsets.US_ASCII));
		}
	}

	private void send(byte[] bytes) throws IOException {
		for (int sent = 0; sent < bytes.length; sent += CHUNK) {
			this.out.write(bytes, sent, Math.min(CHUNK, bytes.length - sent));
			this.out.flush();
			this.connection.expectAnswer();
		}
	}

	/** The login shell spoke, and the script was not heard. */
	NodeException drowned(Noise.TooMuch ex) {
		return this.failures.noise(this.noise.beginning(), "has no end of it after %d bytes".formatted(MOST_NOISE), ex);
	}

	/** Why the answers ended. */
	NodeException ended(IOException ex) {
		boolean closed = this.connection.isUp() && this.channel.awaitClose(EXIT_STATUS_WITHIN);
		int exitStatus = this.channel.exitStatus();
		if (exitStatus < 0 && (!closed || !this.connection.isUp())) {
			boolean silent = this.facts != null || !this.noise.isHeard() || !this.connection.isOverdue();
			return silent ? this.connection.broken(ex) : this.failures.noise(this.noise.beginning(),
					"the script was not heard of within " + ShownDuration.of(this.connection.answerTimeout()), ex);
		}
		if (this.facts == null) {
			return this.failures.noGreeting(exitStatus, this.noise.beginning(), this.channel.errorLine());
		}
		return this.failures.scriptFailed(exitStatus, this.channel.errorLine());
	}

	@Override
	public void close() {
		this.channel.close();
	}

}
