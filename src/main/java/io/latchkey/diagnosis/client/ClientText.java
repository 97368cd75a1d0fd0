package io.latchkey.diagnosis.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.openssh.PrivateKeyText;
import io.latchkey.openssh.ShownText;

/**
 * What a person pasted of a client's words, line by line, as it may be shown. Of private
 * keys not a line is left. Before each line stood how much the client was asked to say,
 * or the time (PuTTY's event log); that is taken off.
 *
 * @param privateKey whether a private key was among it
 */
record ClientText(List<String> lines, boolean privateKey) {

	ClientText {
		lines = List.copyOf(lines);
	}

	static final int MOST_LINES = 10_000;

	/** As the longest that the clients say, which are lists of algorithms. */
	private static final int LONGEST_LINE = 2_000;

	private static final Pattern HEAD = Pattern
		.compile("^(?:Event Log: )?(?:\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d\\s+)?(?:debug[123]: )?");

	private static final Pattern BEGIN = Pattern.compile("BEGIN[ A-Z0-9]{0,60}PRIVATE KEY|^Private-Lines\\s*:",
			Pattern.CASE_INSENSITIVE);

	/** What stands in a private key, whole or cut off: base64, and the heads of PEM. */
	private static final Pattern PART = Pattern.compile("[A-Za-z0-9+/=]+|(?:Proc-Type|DEK-Info|Private-MAC): .*");

	/** Nothing that a client says stands alone in such a line. */
	private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/=]{40,}");

	private static final Pattern ESCAPES = Pattern.compile("\\x1B\\[[0-9;?]{0,20}[A-Za-z]");

	static ClientText of(String pasted) {
		List<String> lines = new ArrayList<>();
		boolean inside = false;
		for (String raw : (Iterable<String>) pasted.lines().limit(MOST_LINES)::iterator) {
			String line = clean(raw);
			inside = isBegin(line) || (inside && (line.isEmpty() || PART.matcher(line).matches()));
			if (!inside && !ENCODED.matcher(line).matches() && !PrivateKeyText.matches(line)) {
				lines.add(line);
			}
		}
		return new ClientText(lines, PrivateKeyText.matches(pasted));
	}

	private static boolean isBegin(String line) {
		return BEGIN.matcher(line).find();
	}

	private static String clean(String raw) {
		String text = (raw.length() > LONGEST_LINE) ? raw.substring(0, LONGEST_LINE) : raw;
		Matcher head = HEAD.matcher(text);
		String line = head.find() ? text.substring(head.end()) : text;
		return ShownText.of(ESCAPES.matcher(line).replaceAll("")).strip();
	}

}
