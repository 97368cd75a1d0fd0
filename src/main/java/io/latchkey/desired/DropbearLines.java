package io.latchkey.desired;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.KeyOption;

/**
 * How dropbear reads an {@code authorized_keys} file (svr-authpubkey.c and
 * svr-authpubkeyoptions.c of 2026.94): it passes over what it does not understand.
 */
final class DropbearLines {

	/** Since 2026.92; one that does not tell its version may be newer than that. */
	static final int MOST = 300;

	/** In bytes; since 2026.92, and 4200 before. */
	static final int LONGEST = 3000;

	private static final String COMMAND = "command";

	private static final Set<String> OPTIONS = Set.of("no-port-forwarding", "no-agent-forwarding", "no-x11-forwarding",
			"no-pty", "restrict", COMMAND, "permitopen", "permitlisten", "no-touch-required", "verify-required");

	private DropbearLines() {
	}

	/** The indexes of the lines from which it takes a key. */
	static BitSet takenFrom(AuthorizedKeysFile file, int most) {
		BitSet taken = new BitSet();
		long number = 1;
		for (int i = 0; i < file.lines().size() && number <= most; i++) {
			Line line = file.lines().get(i);
			if (line instanceof KeyLine key && isTaken(key)) {
				taken.set(i);
			}
			number += line.breaks();
		}
		return taken;
	}

	static boolean isTooLong(String text) {
		return length(text) > LONGEST;
	}

	static int length(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static boolean isTaken(KeyLine line) {
		List<String> names = line.options()
			.options()
			.stream()
			.map(KeyOption::name)
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.toList();
		return !isTooLong(line.text()) && OPTIONS.containsAll(names)
				&& names.stream().filter(COMMAND::equals).count() <= 1 && isWhole(line.options().render());
	}

	/**
	 * Every quotation mark counts, also one that is escaped; a blank outside of two ends
	 * the options.
	 */
	private static boolean isWhole(String options) {
		boolean quoted = false;
		for (char each : options.toCharArray()) {
			quoted ^= each == '"';
			if (!quoted && (each == ' ' || each == '\t')) {
				return false;
			}
		}
		return true;
	}

}
