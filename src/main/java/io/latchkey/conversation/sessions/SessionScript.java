package io.latchkey.conversation.sessions;

import java.nio.charset.StandardCharsets;

import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.inventory.Privilege;

/**
 * The script that finds and ends live sessions, and how it gets to a node: line by line,
 * for it is seldom needed.
 */
final class SessionScript {

	private static final String LAST_LINE = "#end";

	/**
	 * Reads the script up to its last line and evaluates it. Says the same in sh, csh and
	 * fish, as the account's login shell runs it. An interrupted script is not run.
	 */
	private static final String BOOTSTRAP = "n=$(printf \"\\n.\"); n=${n%.}; script=; while IFS= read -r line; "
			+ "do case $line in \"" + LAST_LINE + "\") eval \"$script\"; exit;; esac; script=$script$line$n; done";

	private static final String SCRIPT = NodeScript.load("common.sh") + NodeScript.load("latchkey-sessions.sh");

	private static final byte[] TEXT = (SCRIPT + LAST_LINE + "\n").getBytes(StandardCharsets.US_ASCII);

	private SessionScript() {
	}

	/** What is sent first. */
	static byte[] text() {
		return TEXT.clone();
	}

	/** What it does. */
	static String script() {
		return SCRIPT;
	}

	/** What a shell is told to do with its standard input. */
	static String bootstrap() {
		return BOOTSTRAP;
	}

	/** The command for the exec channel. Holds no data. */
	static String command(Privilege privilege) {
		return switch (privilege) {
			case ROOT -> "exec /bin/sh -c '%s' latchkey-sessions all".formatted(BOOTSTRAP);
			case SUDO -> "exec env LC_ALL=C sudo -n /bin/sh -c '%s' latchkey-sessions all".formatted(BOOTSTRAP);
			case SELF -> "exec /bin/sh -c '%s' latchkey-sessions self".formatted(BOOTSTRAP);
		};
	}

}
