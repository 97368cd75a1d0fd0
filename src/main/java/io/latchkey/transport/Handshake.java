package io.latchkey.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.jcraft.jsch.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The course of one login: how long its steps took, and the end of what JSch had to say
 * of it. JSch logs no secrets; what looks like key material and what repeats the password
 * is left out all the same, as the node has a part in the text.
 */
final class Handshake implements Logger {

	/** The most that is kept, in characters. */
	static final int LIMIT = 8 * 1024;

	private static final int LINE_LIMIT = 1024;

	private static final String SIGNATURES = "server-sig-algs=<";

	private static final int MOST_SIGNATURES = 100;

	/** Longer than a fingerprint, and not in the name of an algorithm. */
	private static final Pattern KEY_MATERIAL = Pattern.compile("[A-Za-z0-9+/=]{64,}");

	private final long begun = System.nanoTime();

	private final Map<Step, Duration> took = new EnumMap<>(Step.class);

	private final Deque<String> lines = new ArrayDeque<>();

	private volatile @Nullable Entry entry;

	private int length;

	private boolean cut;

	private Set<String> signatures = Set.of();

	private long stepBegun = this.begun;

	private @Nullable Step step = Step.CONNECT;

	/** What a login goes through. */
	enum Step {

		CONNECT, KEY_EXCHANGE, AUTHENTICATION

	}

	/** From now on, what repeats this secret is left out, as long as it is not wiped. */
	void conceal(Entry secret) {
		this.entry = secret;
	}

	/** The step before it has ended. */
	synchronized void begin(Step next) {
		end();
		this.step = next;
	}

	/** The login has ended, one way or the other. */
	synchronized void end() {
		long now = System.nanoTime();
		if (this.step != null) {
			this.took.put(this.step, Duration.ofNanos(now - this.stepBegun));
		}
		this.step = null;
		this.stepBegun = now;
	}

	synchronized LoginTimes times() {
		return new LoginTimes(false, this.took.get(Step.CONNECT), this.took.get(Step.KEY_EXCHANGE),
				this.took.get(Step.AUTHENTICATION));
	}

	/** One line for each thing that happened, with the milliseconds since it began. */
	synchronized String text() {
		String text = String.join("\n", this.lines);
		return this.cut ? "…\n" + text : text;
	}

	/**
	 * The signature algorithms that the server said it takes from public keys (RFC 8308);
	 * none when it did not say. Before OpenSSH 9.6 they are all that it knows, whatever
	 * its configuration says.
	 */
	synchronized Set<String> signatures() {
		return this.signatures;
	}

	@Override
	public boolean isEnabled(int level) {
		return level >= INFO;
	}

	@Override
	public void log(int level, String message) {
		noteSignatures(message);
		Entry secret = this.entry;
		String line = (secret != null && secret.isRepeatedIn(message)) ? "[not shown: it repeats the password]"
				: KEY_MATERIAL.matcher(ErrorOutput.oneLine(message)).replaceAll("[…]");
		long millis = Duration.ofNanos(System.nanoTime() - this.begun).toMillis();
		add("%5d ms  %s".formatted(millis, line.substring(0, Math.min(line.length(), LINE_LIMIT))));
	}

	/** JSch tells it nowhere else. */
	private synchronized void noteSignatures(String message) {
		if (message.startsWith(SIGNATURES) && message.endsWith(">")) {
			this.signatures = Set
				.copyOf(Arrays.stream(message.substring(SIGNATURES.length(), message.length() - 1).split(","))
					.distinct()
					.limit(MOST_SIGNATURES)
					.toList());
		}
	}

	@Override
	public void log(int level, String message, @Nullable Throwable cause) {
		log(level, (cause != null) ? "%s (%s)".formatted(message, cause.getMessage()) : message);
	}

	private synchronized void add(String line) {
		this.lines.add(line);
		this.length += line.length() + 1;
		while (this.length > LIMIT) {
			this.length -= this.lines.remove().length() + 1;
			this.cut = true;
		}
	}

}
