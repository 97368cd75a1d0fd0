package io.latchkey.openssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Match} blocks of sshd's configuration (sshd_config(5)): which settings hold
 * by the connection that a login comes by, and not only by who logs in.
 */
public final class MatchBlocks {

	/** Stands for every setting, where the lines do not tell which. */
	static final String ALL = "*";

	private static final Pattern LINE = Pattern.compile("\\s*\"?([A-Za-z0-9]+)\"?[\\s=]*(.*)");

	private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"]+)+");

	private static final Set<String> OF_CONNECTION = Set.of("address", "host", "localaddress", "localport", "rdomain");

	private static final Set<String> WITHOUT_VALUE = Set.of("all", "invalid-user");

	private final Set<String> varying = new TreeSet<>();

	private boolean byConnection;

	/** From here on it is another file: a block ends with its file. */
	public void beginFile() {
		this.byConnection = false;
	}

	/** Takes a line as it stands in the file. */
	public void add(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			return;
		}
		String keyword = matcher.group(1).toLowerCase(Locale.ROOT);
		if ("match".equals(keyword)) {
			this.byConnection = isByConnection(matcher.group(2));
		}
		else if (this.byConnection) {
			this.varying.add("include".equals(keyword) ? ALL : keyword.replace("keytypes", "algorithms"));
		}
	}

	/** There are files that could not be looked at. */
	public void addUnseen() {
		this.varying.add(ALL);
	}

	/** The keywords, in lower case. */
	public Set<String> varying() {
		return this.varying;
	}

	private static boolean isByConnection(String criteria) {
		List<String> words = new ArrayList<>();
		WORD.matcher(criteria).results().forEach((result) -> words.add(result.group().toLowerCase(Locale.ROOT)));
		for (int i = 0; i < words.size(); i++) {
			String word = words.get(i).replace("\"", "");
			int equals = word.indexOf('=');
			String name = (equals >= 0) ? word.substring(0, equals) : word;
			if (OF_CONNECTION.contains(name)) {
				return true;
			}
			if (equals < 0 && !WITHOUT_VALUE.contains(name)) {
				i++;
			}
		}
		return false;
	}

}
