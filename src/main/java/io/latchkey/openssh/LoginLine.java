package io.latchkey.openssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A line of sshd's log that says how an account was let in, in full or in part
 * (AuthenticationMethods of sshd_config(5)). It is only as true as the log: who may write
 * to syslog may write such a line.
 *
 * <pre>
 * line    = [time host [facility] ("sshd" | "sshd-session") "[" process "]: "] message
 * message = ("Accepted" | "Partial") " " method " for " account " from " address
 *           " port " port " ssh2" [": " (type " " key | user)]
 * </pre>
 *
 * Without its head it comes from the file that sshd itself writes ({@code sshd -E}).
 *
 * @param time null without a head
 * @param process the number of sshd's process; null without a head
 * @param key how sshd shows the key: its fingerprint, and more for a certificate; null
 * when there was none
 */
public record LoginLine(@Nullable LogTime time, @Nullable Long process, String method, String account, String address,
		int port, @Nullable String key) {

	private static final Pattern LINE = Pattern
		.compile("(?:(?<time>\\d\\S*|[A-Z][a-z]{2} {1,2}\\d{1,2} [0-9:]{8}) (?:\\S*[^\\s:] ){1,2}"
				+ "sshd(?:-session)?\\[(?<process>\\d{1,10})\\]: )?"
				+ "(?:Accepted|Partial) (?<method>\\S+) for (?<account>\\S.*?) from (?<address>\\S+)"
				+ " port (?<port>\\d{1,5}) ssh2(?:: (?:\\S+ (?<key>\\S.*)|.*))?");

	private static final Pattern SIGN = Pattern.compile("\\\\\\\\|\\\\[0-3][0-7]{2}|.");

	/** Nothing when it is another line. */
	public static Optional<LoginLine> parse(String line) {
		Matcher matcher = LINE.matcher(line.stripTrailing());
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String head = matcher.group("time");
		LogTime time = (head != null) ? LogTime.parse(head).orElse(null) : null;
		if (head != null && time == null) {
			return Optional.empty();
		}
		String process = matcher.group("process");
		return Optional.of(new LoginLine(time, (process != null) ? Long.valueOf(process) : null,
				matcher.group("method"), unshown(matcher.group("account")), matcher.group("address"),
				Integer.parseInt(matcher.group("port")),
				isWithKey(matcher.group("method")) ? matcher.group("key") : null));
	}

	/** Whether it is this key itself that let in, and no certificate for it. */
	public boolean isWith(Fingerprint fingerprint) {
		return fingerprint.value().equals(this.key);
	}

	/**
	 * sshd writes as vis(3) does: a backslash as two, a byte that is not ASCII in octal.
	 */
	static String unshown(String text) {
		if (text.indexOf('\\') < 0) {
			return text;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Matcher sign = SIGN.matcher(text);
		while (sign.find()) {
			String found = sign.group();
			bytes.write((found.length() == 4) ? Integer.parseInt(found.substring(1), 8) : found.charAt(0));
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static boolean isWithKey(String method) {
		return "publickey".equals(method);
	}

}
