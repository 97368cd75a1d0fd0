package io.latchkey.grants;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.core.Fault;

/**
 * Which options sshd would take (sshd(8), AUTHORIZED_KEYS FILE FORMAT; ssh_config(5),
 * PATTERNS). One that it cannot read makes it refuse the whole line.
 */
final class GrantOptionsCheck {

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private static final int LONGEST_TEXT = 2000;

	private static final int MOST = 50;

	private GrantOptionsCheck() {
	}

	static List<Fault> faults(GrantOptions options) {
		List<Fault> faults = new ArrayList<>();
		faults.addAll(FromCheck.faults(options.from()));
		if (options.from().size() > MOST || options.environment().size() > MOST) {
			faults.add(Fault.of((options.from().size() > MOST) ? "options.from" : "options.environment",
					"grant.options.too-many", MOST));
		}
		if (options.command() != null && (options.command().isBlank() || !isText(options.command()))) {
			faults.add(Fault.of("options.command", "grant.command.malformed", LONGEST_TEXT));
		}
		if (!options.restrict() && !options.permit().isEmpty()) {
			faults.add(Fault.of("options.permit", "grant.permit.without-restrict"));
		}
		options.environment().forEach((name, value) -> {
			if (!VARIABLE.matcher(name).matches() || !isText(value)) {
				faults.add(Fault.of("options.environment", "grant.environment.malformed", name));
			}
		});
		return faults;
	}

	private static boolean isText(String text) {
		return text.length() <= LONGEST_TEXT && text.chars().noneMatch(Character::isISOControl);
	}

}
