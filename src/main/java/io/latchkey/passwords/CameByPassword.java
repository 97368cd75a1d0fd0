package io.latchkey.passwords;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads in sshd's log who came by password.
 */
final class CameByPassword {

	private static final Pattern ACCEPTED = Pattern
		.compile("Accepted (?:password|keyboard-interactive/\\S+) for (\\S{1,256}) from (\\S{1,100}) port \\d+");

	private CameByPassword() {
	}

	/** By the account one text: its name, how often, and from where the last time. */
	static Map<String, String> in(List<String> log) {
		Map<String, Came> accounts = new TreeMap<>();
		for (String line : log) {
			Matcher matcher = ACCEPTED.matcher(line);
			if (matcher.find()) {
				accounts.merge(matcher.group(1), new Came(1, matcher.group(2)),
						(before, now) -> new Came(before.times() + 1, now.from()));
			}
		}
		return accounts.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> "%s (%d×, %s)".formatted(entry.getKey(),
					entry.getValue().times(), entry.getValue().from())));
	}

	/** From where the last time. */
	private record Came(int times, String from) {

	}

}
