package io.latchkey.openssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What sshd logs of logins ({@code auth_log} of auth.c, packet.c and session.c), from
 * OpenSSH 7.4 on. A name of which there is no account is whatever the client wrote, also
 * what looks like the rest of a line: so the last address of a line counts.
 */
final class SshdMessages {

	private static final String FROM = " from (?<address>[!-~]{1,100}) port (?<port>\\d{1,5})";

	private static final String WHO = "(?<invalid>invalid user )?(?<account>.*)";

	private static final Pattern ACCEPTED = Pattern
		.compile("Accepted (?<method>[!-~]{1,60}) for (?<account>\\S.*?)" + FROM + " ssh2(?:: (?<key>.*))?");

	private static final Pattern FAILED = Pattern
		.compile("Failed (?<method>[!-~]{1,60}) for " + WHO + FROM + " ssh2(?:: (?<key>[A-Z0-9-]+ \\S+))?");

	private static final Pattern TOO_MANY = Pattern
		.compile("(?:error: )?maximum authentication attempts exceeded for " + WHO + FROM + " ssh2");

	private static final Pattern INVALID = Pattern.compile("Invalid user (?<account>.*)" + FROM);

	private static final Pattern NOT_ALLOWED = Pattern
		.compile("User (?<account>.*) from (?<address>[!-~]{1,100}) not allowed because .*");

	private static final Pattern GONE_BEFORE = Pattern
		.compile("(?:Disconnected from|Connection (?:closed|reset) by|Connection closed by remote host,?) "
				+ "(?:authenticating user|(?<invalid>invalid user)) (?<account>.*) (?<address>[!-~]{1,100})"
				+ " port (?<port>\\d{1,5})");

	private static final Pattern GONE = Pattern
		.compile("Disconnected from (?:user (?<account>.*) )?(?<address>[!-~]{1,100}) port (?<port>\\d{1,5})");

	private static final Pattern SESSION = Pattern
		.compile("pam_\\w{1,30}\\((?:sshd|dropbear):session\\): session (?<what>opened|closed) for user "
				+ "(?<account>\\S+?)(?:\\(uid=\\d{1,10}\\))?(?: by .*)?");

	private static final Pattern PLAIN_KEY = Pattern.compile("(?<type>\\S+) (?<print>SHA256:\\S+)");

	private static final Pattern CERTIFICATE = Pattern
		.compile("\\S+-CERT (?:(?<print>SHA256:\\S+) )?ID .* CA \\S+ (?<authority>SHA256:\\S+)(?: .*)?");

	private static final String PREAUTH = " [preauth]";

	private SshdMessages() {
	}

	static Optional<LoginEvent> parse(String message) {
		boolean before = message.endsWith(PREAUTH);
		String text = before ? message.substring(0, message.length() - PREAUTH.length()) : message;
		return Optional.ofNullable(switch (firstWord(text)) {
			case "Accepted" -> accepted(text);
			case "Failed" -> refused(FAILED.matcher(text));
			case "error:", "maximum" -> refused(TOO_MANY.matcher(text));
			case "Invalid" -> invalid(text);
			case "User" -> notAllowed(text);
			case "Disconnected", "Connection" -> gone(text, before);
			default -> text.startsWith("pam_") ? session(text) : null;
		});
	}

	private static String firstWord(String text) {
		int blank = text.indexOf(' ');
		return (blank < 0) ? text : text.substring(0, blank);
	}

	private static @Nullable LoginEvent accepted(String text) {
		Matcher line = ACCEPTED.matcher(text);
		if (!line.matches()) {
			return null;
		}
		String key = line.group("key");
		Matcher certificate = CERTIFICATE.matcher((key != null) ? key : "");
		boolean certified = certificate.matches();
		Matcher plain = PLAIN_KEY.matcher((key != null) ? key : "");
		String print = certified ? certificate.group("print") : (plain.matches() ? plain.group("print") : null);
		return new LoginEvent.Accepted(line.group("method"), LoginLine.unshown(line.group("account")),
				line.group("address"), Integer.parseInt(line.group("port")), fingerprint(print),
				certified ? fingerprint(certificate.group("authority")) : null);
	}

	private static @Nullable LoginEvent refused(Matcher line) {
		if (!line.matches()) {
			return null;
		}
		boolean tells = line.pattern() == FAILED;
		String key = tells ? line.group("key") : null;
		return new LoginEvent.Refused(tells ? line.group("method") : null,
				(line.group("invalid") != null) ? null : LoginLine.unshown(line.group("account")),
				line.group("address"), Integer.parseInt(line.group("port")),
				(key != null) ? fingerprint(key.substring(key.indexOf(' ') + 1)) : null);
	}

	private static @Nullable LoginEvent invalid(String text) {
		Matcher line = INVALID.matcher(text);
		return line.matches()
				? new LoginEvent.Refused(null, null, line.group("address"), Integer.parseInt(line.group("port")), null)
				: null;
	}

	private static @Nullable LoginEvent notAllowed(String text) {
		Matcher line = NOT_ALLOWED.matcher(text);
		return line.matches()
				? new LoginEvent.Refused(null, LoginLine.unshown(line.group("account")), line.group("address"), 0, null)
				: null;
	}

	private static @Nullable LoginEvent gone(String text, boolean before) {
		Matcher early = GONE_BEFORE.matcher(text);
		if (early.matches()) {
			return new LoginEvent.Refused(null,
					(early.group("invalid") != null) ? null : LoginLine.unshown(early.group("account")),
					early.group("address"), Integer.parseInt(early.group("port")), null);
		}
		Matcher line = GONE.matcher(text);
		if (before || !line.matches()) {
			return null;
		}
		String account = line.group("account");
		return new LoginEvent.Disconnected((account != null) ? LoginLine.unshown(account) : null, line.group("address"),
				Integer.parseInt(line.group("port")));
	}

	private static @Nullable LoginEvent session(String text) {
		Matcher line = SESSION.matcher(text);
		if (!line.matches()) {
			return null;
		}
		return "opened".equals(line.group("what")) ? new LoginEvent.SessionOpened(line.group("account"))
				: new LoginEvent.SessionClosed(line.group("account"));
	}

	private static @Nullable Fingerprint fingerprint(@Nullable String text) {
		return (text != null) ? Fingerprint.find(text).orElse(null) : null;
	}

}
