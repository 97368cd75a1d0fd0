package io.latchkey.conversation.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The script's first line.
 *
 * @param clock the node's clock when it greeted, in the middle of what it could mean
 */
public record Greeting(int uid, Instant clock, ZoneOffset zone, String hasher) {

	/** With which it begins. */
	public static final String WORDS = "latchkey-node 1 ";

	private static final Pattern GREETING = Pattern.compile(WORDS + "(\\d{1,10}) (\\d{1,11})(?:\\.(\\d{1,9}))?"
			+ " ([+-]\\d{4}) (sha256sum|shasum|openssl|busybox|od|none) (?:setpriv|runuser|su|none)");

	private static final int HALF_A_SECOND = 500_000_000;

	/**
	 * @throws GrammarViolation when it is another line
	 */
	public static Greeting parse(String line) {
		Matcher matcher = GREETING.matcher(line);
		if (!matcher.matches()) {
			throw new GrammarViolation("a greeting was expected", line);
		}
		try {
			return new Greeting(Integer.parseUnsignedInt(matcher.group(1)),
					Instant.ofEpochSecond(Long.parseLong(matcher.group(2)), nanos(matcher.group(3))),
					ZoneOffset.of(matcher.group(4)), matcher.group(5));
		}
		catch (DateTimeException | NumberFormatException ex) {
			throw new GrammarViolation("a greeting was expected", line);
		}
	}

	public boolean hasNoHasher() {
		return "none".equals(this.hasher);
	}

	/**
	 * @param from when it was asked for, by Latchkey's clock
	 * @param until when it had come
	 */
	public NodeFacts facts(Instant from, Instant until, String sshVersion) {
		return NodeFacts.of(this.uid, this.clock, this.zone, from, until, sshVersion);
	}

	public static int nanos(@Nullable String fraction) {
		return (fraction != null) ? Integer.parseInt((fraction + "00000000").substring(0, 9)) : HALF_A_SECOND;
	}

}
