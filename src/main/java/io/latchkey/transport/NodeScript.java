package io.latchkey.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.inventory.Privilege;

/**
 * The node-side script, how it gets there, and the words that may be said to it.
 */
final class NodeScript {

	/** The most that a file may hold, in bytes. */
	static final int CONTENT_LIMIT = 8 * 1024 * 1024;

	private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,254}\\$?");

	private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,2048}");

	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	private static final String LAST_LINE = "#end";

	/**
	 * Reads the script up to its last line and evaluates it. Says the same in sh, csh and
	 * fish, as the account's login shell runs it, and reads no byte too many, so that the
	 * first request can come along at once. An interrupted script is not run.
	 */
	private static final String BOOTSTRAP = "n=$(printf \"\\n.\"); n=${n%.}; script=; while IFS= read -r line; "
			+ "do case $line in \"" + LAST_LINE + "\") eval \"$script\"; exit;; esac; script=$script$line$n; done";

	private static final byte[] TEXT = (load() + LAST_LINE + "\n").getBytes(StandardCharsets.UTF_8);

	private NodeScript() {
	}

	/** What is sent first. */
	static byte[] text() {
		return TEXT.clone();
	}

	/** What a shell is told to do with its standard input. */
	static String bootstrap() {
		return BOOTSTRAP;
	}

	/** The command for the exec channel. Holds no data. */
	static String command(Privilege privilege) {
		return switch (privilege) {
			case ROOT -> "exec /bin/sh -c '%s' latchkey-node all".formatted(BOOTSTRAP);
			case SUDO -> "exec sudo -n /bin/sh -c '%s' latchkey-node all".formatted(BOOTSTRAP);
			case SELF -> "exec /bin/sh -c '%s' latchkey-node self".formatted(BOOTSTRAP);
		};
	}

	static String requireAccount(String name) {
		if (!ACCOUNT.matcher(name).matches()) {
			throw new IllegalArgumentException("Not the name of an account: " + name);
		}
		return name;
	}

	static String requirePath(String path) {
		if (!PATH.matcher(path).matches()) {
			throw new IllegalArgumentException("Not a path: " + path);
		}
		return path;
	}

	static String requireHash(String hash) {
		if (!HASH.matcher(hash).matches()) {
			throw new IllegalArgumentException("Not a SHA-256 in lower-case hex: " + hash);
		}
		return hash;
	}

	/** Without comments and indentation: the node reads it byte by byte. */
	private static String load() {
		try (InputStream in = NodeScript.class.getResourceAsStream("/node/latchkey-node.sh")) {
			if (in == null) {
				throw new IllegalStateException("The node-side script is missing from the class path");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map(String::strip)
				.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
				.collect(Collectors.joining("\n", "", "\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
