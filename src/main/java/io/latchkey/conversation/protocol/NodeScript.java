package io.latchkey.conversation.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.inventory.AccountName;

import org.springframework.modulith.NamedInterface;

/**
 * The node-side script, and the words that may be said to it.
 */
@NamedInterface("protocol")
public final class NodeScript {

	/** The most that a file may hold, in bytes. */
	public static final int CONTENT_LIMIT = 8 * 1024 * 1024;

	/** What stands for itself in an account's name. */
	private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@+$-";

	private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,2048}");

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{16,64}");

	/**
	 * Each may use what is in the others. An account runs no more than the first four.
	 */
	private static final List<String> PARTS = List.of("sha256.sh", "common.sh", "words.sh", "files.sh", "sshd.sh",
			"accounts.sh", "latchkey-node.sh");

	/** By which it is known to be whole. */
	static final String LAST_LINE = "#end";

	private static final byte[] TEXT = (load() + LAST_LINE + "\n").getBytes(StandardCharsets.US_ASCII);

	private NodeScript() {
	}

	/** The files that the script is made of, in their order. */
	static List<String> parts() {
		return Stream.concat(PARTS.stream(), Stream.of(Words.values()).map((words) -> words.part)).toList();
	}

	/**
	 * As it is read by people, with its comments, and with those of its further words,
	 * which accounts run as well; a shell is handed it as one argument, which Linux
	 * bounds by 128 KiB. {@code main} is not called.
	 */
	public static String source(Words... words) {
		return Stream.concat(Stream.of(words).map((each) -> each.part), PARTS.stream())
			.map(NodeScript::read)
			.collect(Collectors.joining("\n"));
	}

	/** As it is sent, up to its last line. */
	static byte[] text() {
		return TEXT.clone();
	}

	public static boolean isAccount(String name) {
		return AccountName.isWellFormed(name);
	}

	public static String requireAccount(String name) {
		if (!isAccount(name)) {
			throw new IllegalArgumentException("Not the name of an account: " + name);
		}
		return name;
	}

	/**
	 * An account's name as the protocol has it: a word without blanks, in which each byte
	 * that is not plain stands as {@code printf %b} has it.
	 * @throws IllegalArgumentException when it is none
	 */
	public static String accountWord(String name) {
		StringBuilder word = new StringBuilder();
		for (byte each : requireAccount(name).getBytes(StandardCharsets.UTF_8)) {
			int sign = Byte.toUnsignedInt(each);
			if (PLAIN.indexOf(sign) >= 0) {
				word.append((char) sign);
			}
			else {
				word.append("\\0%03o".formatted(sign));
			}
		}
		return word.toString();
	}

	/** Whether it can be said. */
	public static boolean isPath(String path) {
		return PATH.matcher(path).matches();
	}

	public static String requirePath(String path) {
		if (!isPath(path)) {
			throw new IllegalArgumentException("Not a path: " + path);
		}
		return path;
	}

	public static String requireHost(String host) {
		if (!HOST.matcher(host).matches()) {
			throw new IllegalArgumentException("Not the name of a host: " + host);
		}
		return host;
	}

	public static String requireHash(String hash) {
		if (!HASH.matcher(hash).matches()) {
			throw new IllegalArgumentException("Not a SHA-256 in lower-case hex: " + hash);
		}
		return hash;
	}

	public static String requireToken(String token) {
		if (!TOKEN.matcher(token).matches()) {
			throw new IllegalArgumentException("Not a token");
		}
		return token;
	}

	private static String load() {
		return PARTS.stream().map(NodeScript::load).collect(Collectors.joining());
	}

	/** Without comments and indentation: it is sent at each login. */
	public static String load(String part) {
		return read(part).lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.collect(Collectors.joining("\n", "", "\n"));
	}

	private static String read(String part) {
		try (InputStream in = NodeScript.class.getResourceAsStream("/node/" + part)) {
			if (in == null) {
				throw new IllegalStateException("Missing from the class path: node/" + part);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What comes only when it is needed: it is seldom, and the rest is sent whenever
	 * there is something to do.
	 */
	public enum Words {

		/** For asking sshd. */
		ASK_SSHD("ask-sshd.sh"),

		/** For files that are written on trial. */
		HOLD("hold.sh"),

		/** For what is seldom done. */
		SELDOM("seldom.sh"),

		/** For what an SSH server logged. */
		SSHD_LOG("sshd-log.sh"),

		/** For logins by password, with those for asking sshd. */
		PASSWORDS("passwords.sh"),

		/** For finding out why a login fails, with those for asking sshd. */
		DOCTOR("doctor.sh"),

		/** For a second sshd that says all it does, with those for asking sshd. */
		DEBUG_SSHD("debug-sshd.sh"),

		/** For what is put right on the way to a file of keys. */
		MENDS("mends.sh");

		public static final List<Words> FOR_PASSWORDS = List.of(ASK_SSHD, PASSWORDS);

		private final String part;

		private final byte[] text;

		Words(String part) {
			this.part = part;
			this.text = load(part).getBytes(StandardCharsets.US_ASCII);
		}

		public byte[] text() {
			return this.text.clone();
		}

	}

}
