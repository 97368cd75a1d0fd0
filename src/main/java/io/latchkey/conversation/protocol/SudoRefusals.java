package io.latchkey.conversation.protocol;

import java.util.Locale;
import java.util.stream.Stream;

import io.latchkey.ssh.FailureKind;

/**
 * What sudo means by its words, in English: it is started with {@code LC_ALL=C}, and its
 * exit status is the same for all of them.
 */
final class SudoRefusals {

	private SudoRefusals() {
	}

	/** Whether it is sudo that speaks, or who looked for it. */
	static boolean isSudos(String errorOutput) {
		return lower(errorOutput).contains("sudo") || parse(errorOutput) != FailureKind.SUDO_OTHER;
	}

	/** What it said, without the whole of the command that it names. */
	static String shortened(String said) {
		return said.replaceAll("'/bin/sh -c .*'", "/bin/sh");
	}

	static FailureKind parse(String errorOutput) {
		String said = lower(errorOutput);
		if (contains(said, "you must have a tty")) {
			return FailureKind.SUDO_TERMINAL;
		}
		if (contains(said, "a password is required", "authentication is required", "a terminal is required")) {
			return FailureKind.SUDO_PASSWORD;
		}
		if (contains(said, "not in the sudoers file", "is not allowed to", "may not run sudo", "i'm afraid i can't")) {
			return FailureKind.SUDO_NOT_ALLOWED;
		}
		if (said.contains("sudo") && contains(said, "no such file or directory", "not found", "can't execute")
				&& !said.contains("sudoers")) {
			return FailureKind.SUDO_MISSING;
		}
		return FailureKind.SUDO_OTHER;
	}

	private static boolean contains(String said, String... words) {
		return Stream.of(words).anyMatch(said::contains);
	}

	private static String lower(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

}
