package io.latchkey.openssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What dropbear logs of logins (svr-authpubkey.c, svr-authpasswd.c, svr-session.c). Until
 * 2020.79 it names keys by MD5, which tells nothing.
 */
final class DropbearMessages {

	private static final String FROM = " from <?(?<address>[!-~]{1,100}):(?<port>\\d{1,5})>?";

	private static final Pattern ACCEPTED = Pattern
		.compile("(?:PAM )?(?<method>Pubkey|[Pp]assword) auth succeeded for '(?<account>[^']+)'"
				+ "(?: with (?:\\S+ )?key (?<print>\\S+(?: \\S+)?))?" + FROM);

	/** With {@code -B}, where an account has no password. */
	private static final Pattern BLANK = Pattern
		.compile("Auth succeeded with blank password for '(?<account>[^']+)'" + FROM);

	private static final Pattern REFUSED = Pattern
		.compile("(?:Bad (?:PAM )?password attempt for '(?<account>[^']+)'|Login attempt for nonexistent user"
				+ "(?: '.*')?|Login attempt with wrong user .*|User '(?<other>[^']+)' (?:rejected|has invalid shell).*)"
				+ FROM);

	private static final Pattern GONE_BEFORE = Pattern
		.compile("Exit before auth" + FROM + ": \\(user '(?<account>[^']+)', \\d{1,5} fails\\): .*");

	private static final Pattern GONE = Pattern.compile("Exit \\((?<account>[^()]+)\\)" + FROM + ": .*");

	private DropbearMessages() {
	}

	static Optional<LoginEvent> parse(String message) {
		if (message.startsWith("Exit ")) {
			return Optional.ofNullable(gone(message));
		}
		return Optional.ofNullable(message.startsWith("Auth ") ? blank(message) : accepted(message));
	}

	private static @Nullable LoginEvent accepted(String message) {
		Matcher line = ACCEPTED.matcher(message);
		if (!line.matches()) {
			return refused(message);
		}
		String print = line.group("print");
		return new LoginEvent.Accepted("Pubkey".equals(line.group("method")) ? "publickey" : "password",
				line.group("account"), line.group("address"), Integer.parseInt(line.group("port")),
				(print != null) ? Fingerprint.find(print).orElse(null) : null, null);
	}

	private static @Nullable LoginEvent refused(String message) {
		Matcher line = REFUSED.matcher(message);
		if (!line.matches()) {
			return null;
		}
		String account = (line.group("account") != null) ? line.group("account") : line.group("other");
		return new LoginEvent.Refused(null, account, line.group("address"), Integer.parseInt(line.group("port")), null);
	}

	private static @Nullable LoginEvent blank(String message) {
		Matcher line = BLANK.matcher(message);
		return line.matches() ? new LoginEvent.Accepted("none", line.group("account"), line.group("address"),
				Integer.parseInt(line.group("port")), null, null) : null;
	}

	private static @Nullable LoginEvent gone(String message) {
		Matcher before = GONE_BEFORE.matcher(message);
		if (before.matches()) {
			return new LoginEvent.Refused(null, before.group("account"), before.group("address"),
					Integer.parseInt(before.group("port")), null);
		}
		Matcher line = GONE.matcher(message);
		return line.matches() ? new LoginEvent.Disconnected(line.group("account"), line.group("address"),
				Integer.parseInt(line.group("port"))) : null;
	}

}
