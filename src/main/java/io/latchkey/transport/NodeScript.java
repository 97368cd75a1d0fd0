package io.latchkey.transport;

import java.util.regex.Pattern;

/**
 * The node-side script and the words that may be said to it.
 */
final class NodeScript {

	private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,254}\\$?");

	private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl}]{1,4096}");

	private NodeScript() {
	}

	static String requireAccount(String name) {
		if (!ACCOUNT.matcher(name).matches()) {
			throw new IllegalArgumentException("Not the name of an account: " + name);
		}
		return name;
	}

	static String requirePath(String path) {
		if (!PATH.matcher(path).matches() || path.endsWith(" ")) {
			throw new IllegalArgumentException("Not a path: " + path);
		}
		return path;
	}

}
