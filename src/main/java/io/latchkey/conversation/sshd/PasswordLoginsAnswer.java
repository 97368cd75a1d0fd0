package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Lines;
import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to {@code passwords}.
 */
final class PasswordLoginsAnswer {

	/** 200 of each file, and more files than a configuration has. */
	private static final int MOST_LINES = 10_000;

	private static final Pattern TARGET = Pattern
		.compile("target (include|block) (listener|each) (ours|theirs) ([0-9a-f]{64}|-) (/[^\\p{Cntrl}]{0,2048})");

	private static final Pattern SETTING = Pattern.compile("setting ([a-z]{1,100} [^\\p{Cntrl}]{1,400})");

	private static final Pattern BROKEN = Pattern.compile("broken ([^\\p{Cntrl}]{0,400})");

	private static final Pattern IN = Pattern.compile("in (/[^\\p{Cntrl}]{1,2048})");

	private static final Pattern LINE = Pattern.compile("line (\\d{1,7}) ([^\\p{Cntrl}]{1,400})");

	private static final Pattern PASSWORDED = Pattern.compile("passworded ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern LETS_IN = Pattern.compile("lets-in ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern MANAGED = Pattern.compile("managed ([^\\p{Cntrl}]{1,400})");

	private static final Pattern CAME = Pattern.compile("came ([^\\p{Cntrl}]{1,400})");

	private static final Pattern LOG = Pattern.compile("log (journal|syslog|none)");

	private final List<String> settings = new ArrayList<>();

	private final List<PasswordLogins.Line> lines = new ArrayList<>();

	private final List<String> passworded = new ArrayList<>();

	private final List<String> letIn = new ArrayList<>();

	private final List<String> came = new ArrayList<>();

	private PasswordLogins.Log log = PasswordLogins.Log.NONE;

	private @Nullable String broken;

	private @Nullable String managed;

	private @Nullable String file;

	private boolean onTrial;

	private boolean whole = true;

	/**
	 * @param first the first line
	 * @param more where the others come from
	 */
	PasswordLogins read(String first, Lines more) throws IOException {
		Matcher target = TARGET.matcher(first);
		if (!target.matches()) {
			throw new GrammarViolation("where Latchkey decides about passwords was expected", first);
		}
		int count = 0;
		for (String line = more.next(); !"looked".equals(line); line = more.next()) {
			if (++count > MOST_LINES) {
				throw new GrammarViolation("sshd's configuration has no end");
			}
			take(line);
		}
		return new PasswordLogins(place(target), this.onTrial, new SshdSettings(this.settings), this.broken,
				new PasswordLogins.Configuration(this.lines, this.whole, this.managed),
				new PasswordLogins.Accounts(this.passworded, this.letIn), new PasswordLogins.Came(this.came, this.log));
	}

	private static PasswordLogins.Place place(MatchResult target) {
		return new PasswordLogins.Place(PasswordLogins.Way.valueOf(target.group(1).toUpperCase(Locale.ROOT)),
				PasswordLogins.Served.valueOf(target.group(2).toUpperCase(Locale.ROOT)), "ours".equals(target.group(3)),
				"-".equals(target.group(4)) ? null : target.group(4), target.group(5));
	}

	private void take(String line) {
		int space = line.indexOf(' ');
		switch ((space < 0) ? line : line.substring(0, space)) {
			case "trial" -> this.onTrial = true;
			case "elsewhere" -> this.whole = false;
			case "setting" -> this.settings.add(match(SETTING, line).group(1));
			case "broken" -> this.broken = match(BROKEN, line).group(1);
			case "in" -> this.file = match(IN, line).group(1);
			case "line" -> this.lines.add(line(match(LINE, line)));
			case "passworded" -> this.passworded.add(match(PASSWORDED, line).group(1));
			case "lets-in" -> this.letIn.add(match(LETS_IN, line).group(1));
			case "managed" -> this.managed = match(MANAGED, line).group(1);
			case "came" -> this.came.add(match(CAME, line).group(1));
			case "log" -> this.log = PasswordLogins.Log.valueOf(match(LOG, line).group(1).toUpperCase(Locale.ROOT));
			default -> throw new GrammarViolation("'looked' was expected", line);
		}
	}

	private PasswordLogins.Line line(MatchResult found) {
		if (this.file == null) {
			throw new GrammarViolation("the file of a line was expected before it");
		}
		return new PasswordLogins.Line(this.file, Integer.parseInt(found.group(1)), found.group(2));
	}

	private static MatchResult match(Pattern pattern, String line) {
		Matcher matcher = pattern.matcher(line);
		if (!matcher.matches()) {
			throw new GrammarViolation("sshd's configuration was expected", line);
		}
		return matcher.toMatchResult();
	}

}
