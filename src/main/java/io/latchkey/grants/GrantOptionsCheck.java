package io.latchkey.grants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.latchkey.core.Fault;
import io.latchkey.core.FreeText;
import io.latchkey.openssh.KeyOptions;

/**
 * Which options sshd would take (sshd(8), AUTHORIZED_KEYS FILE FORMAT; ssh_config(5),
 * PATTERNS). One that it cannot read makes it refuse the whole line. What is taken here
 * is written by {@link KeyOptions#with}, which decides what can be.
 */
final class GrantOptionsCheck {

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private static final int LONGEST_TEXT = 2000;

	private static final int MOST = 50;

	/**
	 * In bytes. Together with the largest key it makes a line that every OpenSSH reads
	 * whole: before 8.0 it read 16384 bytes of one (SSH_MAX_PUBKEY_BYTES).
	 */
	private static final int LONGEST_ALL = 6000;

	/** Quotes, commas and the like. */
	private static final int BESIDES = 4;

	private GrantOptionsCheck() {
	}

	static List<Fault> faults(GrantOptions options) {
		List<Fault> faults = new ArrayList<>();
		faults.addAll(FromCheck.faults(options.from()));
		if (options.from().size() > MOST || options.environment().size() > MOST) {
			faults.add(Fault.of((options.from().size() > MOST) ? "options.from" : "options.environment",
					"grant.options.too-many", MOST));
		}
		if (options.command() != null) {
			commandFault(options.command()).ifPresent(faults::add);
		}
		if (!options.restrict() && !options.permit().isEmpty()) {
			faults.add(Fault.of("options.permit", "grant.permit.without-restrict"));
		}
		options.environment().forEach((name, value) -> {
			if (!VARIABLE.matcher(name).matches() || !isText(value)) {
				faults.add(Fault.of("options.environment", "grant.environment.malformed", FreeText.oneLine(name)));
			}
			else if (!KeyOptions.isWritable(value)) {
				faults.add(Fault.of("options.environment", "grant.environment.backslash", FreeText.oneLine(name)));
			}
		});
		if (length(options) > LONGEST_ALL) {
			faults.add(Fault.of("options", "grant.options.long", LONGEST_ALL));
		}
		return faults;
	}

	private static Optional<Fault> commandFault(String command) {
		if (command.isBlank() || !isText(command)) {
			return Optional.of(Fault.of("options.command", "grant.command.malformed", LONGEST_TEXT));
		}
		return KeyOptions.isWritable(command) ? Optional.empty()
				: Optional.of(Fault.of("options.command", "grant.command.backslash"));
	}

	/** One line as people see it. What is left to refuse is a backslash at its end. */
	private static boolean isText(String text) {
		return text.length() <= LONGEST_TEXT && FreeText.isPlain(text);
	}

	private static long length(GrantOptions options) {
		return Stream
			.of(options.from().stream(), Stream.ofNullable(options.command()), options.environment().keySet().stream(),
					options.environment().values().stream())
			.flatMap((texts) -> texts)
			.mapToLong((text) -> text.getBytes(StandardCharsets.UTF_8).length + BESIDES)
			.sum();
	}

}
