package io.latchkey.passwords;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.sshd.PasswordLogins;

/**
 * The {@code Match} blocks of sshd's configuration (sshd_config(5)) that let in by
 * password all the same, and the lines that ask for a password beside a key.
 *
 * @param matches those blocks, as {@code file line n: Match …}
 * @param methods lines of {@code AuthenticationMethods} that name a password
 */
record Exceptions(List<String> matches, List<String> methods) {

	private static final Pattern LINE = Pattern.compile("\\s*\"?([A-Za-z]+)\"?[\\s=]+\"?(.*?)\"?\\s*");

	private static final Set<String> PASSWORDS = Set.of("passwordauthentication", "kbdinteractiveauthentication",
			"challengeresponseauthentication");

	static Exceptions in(List<PasswordLogins.Line> lines) {
		List<String> matches = new ArrayList<>();
		List<String> methods = new ArrayList<>();
		Set<String> told = new HashSet<>();
		String file = "";
		String match = "";
		for (PasswordLogins.Line line : lines) {
			Matcher matcher = LINE.matcher(line.text());
			if (!matcher.matches()) {
				continue;
			}
			if (!line.file().equals(file)) {
				file = line.file();
				match = "";
			}
			String keyword = matcher.group(1).toLowerCase(Locale.ROOT);
			String value = matcher.group(2);
			if ("match".equals(keyword)) {
				match = "%s line %d: Match %s".formatted(file, line.number(), value);
			}
			else if ("authenticationmethods".equals(keyword) && asksForPassword(value)) {
				methods.add("%s line %d: AuthenticationMethods %s".formatted(file, line.number(), value));
			}
			else if (!match.isEmpty() && PASSWORDS.contains(keyword) && !"no".equalsIgnoreCase(firstWord(value))
					&& told.add(match)) {
				matches.add(match);
			}
		}
		return new Exceptions(matches, methods);
	}

	/** Without it nobody would be let in who is let in now. */
	private static boolean asksForPassword(String value) {
		for (String list : value.split("\\s+")) {
			if (!list.contains("password") && !list.contains("keyboard-interactive")) {
				return false;
			}
		}
		return true;
	}

	private static String firstWord(String value) {
		return value.split("\\s", 2)[0];
	}

}
