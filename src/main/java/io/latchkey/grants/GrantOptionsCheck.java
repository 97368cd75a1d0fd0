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

	private static final Pattern FROM = Pattern.compile("!?[A-Za-z0-9.:*?_-]+(/\\d{1,3})?");

	private static final Pattern CIDR = Pattern.compile(
			"!?(\\d{1,3}(\\.\\d{1,3}){3}/([0-9]|[12][0-9]|3[0-2])|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))");

	private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	private static final int LONGEST_TEXT = 2000;

	private static final int MOST = 50;

	private GrantOptionsCheck() {
	}

	static List<Fault> faults(GrantOptions options) {
		List<Fault> faults = new ArrayList<>();
		for (String from : options.from()) {
			if (!FROM.matcher(from).matches() || (from.contains("/") && !CIDR.matcher(from).matches())) {
				faults.add(Fault.of("options.from", "grant.from.malformed", from));
			}
		}
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
