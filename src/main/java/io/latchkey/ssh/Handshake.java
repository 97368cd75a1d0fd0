package io.latchkey.ssh;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jcraft.jsch.Logger;
import io.latchkey.openssh.ShownText;
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

	/**
	 * One for each megabyte of the budget, and more; most sshd ask for new keys after a
	 * gigabyte (RFC 4253, section 9). Each exchange costs milliseconds.
	 */
	private static final int MOST_KEY_EXCHANGES = 150;

	private static final int MOST_ALGORITHMS = 100;

	/** As JSch names them. */
	private static final String HOST_KEY_ALGORITHMS = "server proposal: host key algorithms: ";

	private static final String NEXT_METHOD = "Next authentication method: ";

	private static final String VERSION = "Remote version string: ";

	/** The version string of OpenSSH (RFC 4253, section 4.2). */
	private static final Pattern OPEN_SSH = Pattern.compile("SSH-2\\.0-OpenSSH_(\\d{1,3})\\.(\\d{1,3}).*");

	/** Longer than a fingerprint, and not in the name of an algorithm. */
	private static final Pattern KEY_MATERIAL = Pattern.compile("[A-Za-z0-9+/=]{64,}");

	private final long begun = System.nanoTime();

	private final Map<Step, Duration> took = new EnumMap<>(Step.class);

	private final Deque<String> lines = new ArrayDeque<>();

	private volatile @Nullable AuthenticationMethod method;

	private int length;

	private boolean cut;

	private Set<String> signatures = Set.of();

	private boolean tried;

	private @Nullable String version;

	private @Nullable List<String> hostKeyAlgorithms;

	private int keyExchanges;

	private Consumer<String> breaker = (why) -> {
	};

	private long stepBegun = this.begun;

	private @Nullable Step step = Step.CONNECT;

	/** What a login goes through. */
	enum Step {

		CONNECT, KEY_EXCHANGE, AUTHENTICATION

	}

	/**
	 * @param breaker is told why the connection must not go on
	 */
	void breakBy(Consumer<String> breaker) {
		this.breaker = breaker;
	}

	/** From now on, what repeats this secret is left out, as long as it is not wiped. */
	void conceal(AuthenticationMethod secret) {
		this.method = secret;
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

	/** Whether a key or a password was offered to the node. */
	synchronized boolean hasTried() {
		return this.tried;
	}

	/**
	 * Whether the node's sshd may hold it against Latchkey when this comes to no login:
	 * OpenSSH does so from 9.8 on.
	 */
	synchronized boolean mayBePenalised() {
		Matcher matcher = OPEN_SSH.matcher((this.version != null) ? this.version : "");
		if (!matcher.matches()) {
			return false;
		}
		int major = Integer.parseInt(matcher.group(1));
		return major > 9 || (major == 9 && Integer.parseInt(matcher.group(2)) >= 8);
	}

	/**
	 * The algorithms of the node's host keys, as it named them; null when it did not come
	 * to that.
	 */
	synchronized @Nullable List<String> hostKeyAlgorithms() {
		return this.hostKeyAlgorithms;
	}

	/** Notes in the failure that it was this login that failed. */
	NodeException noted(NodeException failure) {
		return failure.after(times(), this::text);
	}

	@Override
	public boolean isEnabled(int level) {
		return level >= INFO;
	}

	@Override
	public void log(int level, String message) {
		notice(message);
		noteSignatures(message);
		if (!message.endsWith(": " + LoginRefusal.NO_METHOD)) {
			note(message.replace("," + LoginRefusal.NO_METHOD, ""));
		}
	}

	private void note(String message) {
		AuthenticationMethod secret = this.method;
		String line = (secret != null && secret.isRepeatedIn(message)) ? "[not shown: it repeats the password]"
				: KEY_MATERIAL.matcher(ShownText.inOneLine(message)).replaceAll("[…]");
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

	private synchronized void notice(String message) {
		if (message.startsWith(HOST_KEY_ALGORITHMS)) {
			this.hostKeyAlgorithms = Arrays.stream(message.substring(HOST_KEY_ALGORITHMS.length()).split(","))
				.limit(MOST_ALGORITHMS)
				.toList();
			this.keyExchanges++;
			if (this.keyExchanges > MOST_KEY_EXCHANGES) {
				this.breaker.accept("the node asked for more than %d key exchanges over one connection"
					.formatted(MOST_KEY_EXCHANGES));
			}
		}
		if (message.startsWith(VERSION)) {
			this.version = message.substring(VERSION.length());
		}
		this.tried = this.tried || message.startsWith(NEXT_METHOD);
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
