package io.latchkey.conversation.accounts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Lines;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.LoginRules.Asked;
import io.latchkey.openssh.MatchBlocks;
import io.latchkey.openssh.ShownText;
import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to {@code files}.
 */
class KeyFilesAnswer {

	private static final int MOST_RULES = 20_000;

	/** What is kept for each account. */
	private static final int LONGEST_RULES = 65_000;

	private static final Pattern FILES = Pattern.compile("files (\\S+) (\\d{1,3}) (\\d{1,4}|=) (\\d{1,4})");

	private static final Pattern UNANSWERED = Pattern.compile("unanswered (\\S+) (.+)");

	private static final Pattern PATTERN = Pattern.compile("pattern ([^\\p{Cntrl}]{1,1000})");

	private static final Pattern SETTING = Pattern.compile("setting ([a-z0-9]{1,100}(?: [^\\p{Cntrl}]{0,8000})?)");

	private static final Pattern GROUP = Pattern.compile("group ([^\\p{Cntrl}]{1,300})");

	private static final Pattern BARRED = Pattern.compile("barred (\\S+) (.+)");

	private static final Pattern LISTED = Pattern.compile("listed (yes|no|unknown)");

	private final Lines lines;

	private final Map<String, List<String>> patterns = new LinkedHashMap<>();

	private final Map<String, Unanswered> unanswered = new HashMap<>();

	private final Map<String, SshdSettings> settings = new HashMap<>();

	private final Map<String, List<String>> groups = new HashMap<>();

	private final MatchBlocks blocks = new MatchBlocks();

	private SshdSettings before = SshdSettings.NONE;

	private @Nullable Asked asked;

	KeyFilesAnswer(Lines lines) {
		this.lines = lines;
	}

	KeyFiles read(List<String> accounts) throws IOException {
		for (String account : accounts) {
			readAccount(account);
		}
		Map<String, LoginObstacle> obstacles = new HashMap<>();
		String line = readObstacles(accounts, obstacles);
		boolean strictModes = !"no".equals(Grammar.only(LISTED, readCircumstances(line), "'listed' was expected"));
		return new KeyFiles(this.patterns, this.unanswered, (this.asked != null) ? rules(this.asked) : Map.of(),
				strictModes, obstacles);
	}

	/** Those that are too long to be kept count as not understood. */
	private Map<String, LoginRules> rules(Asked connection) {
		Map<String, LoginRules> rules = new HashMap<>();
		this.patterns.keySet().forEach((account) -> rules.put(account, rules(account, connection)));
		rules.forEach((account, said) -> {
			if (said.render().length() > LONGEST_RULES) {
				this.unanswered.put(account, new Unanswered(Unanswered.Reason.NOT_UNDERSTOOD,
						"its rules have more than %d characters".formatted(LONGEST_RULES)));
			}
		});
		this.patterns.keySet().removeAll(this.unanswered.keySet());
		return rules;
	}

	private LoginRules rules(String account, Asked connection) {
		return new LoginRules(this.settings.getOrDefault(account, SshdSettings.NONE),
				this.groups.getOrDefault(account, List.of()), this.blocks.varying(), connection);
	}

	private void readAccount(String account) throws IOException {
		String line = this.lines.next();
		String word = NodeScript.accountWord(account);
		Matcher silent = UNANSWERED.matcher(line);
		if (silent.matches() && silent.group(1).equals(word)) {
			this.unanswered.put(account, Unanswered.parse(silent.group(2)));
			return;
		}
		Matcher files = FILES.matcher(line);
		if (!files.matches() || !files.group(1).equals(word)) {
			throw new GrammarViolation("the files of %s were expected".formatted(account), line);
		}
		note(account, readAll(files.group(2), PATTERN, "a pattern was expected"));
		// mostly they are those of the account before
		if (!"=".equals(files.group(3))) {
			this.before = new SshdSettings(readAll(files.group(3), SETTING, "a setting was expected"));
		}
		this.settings.put(account, this.before);
		this.groups.put(account, readAll(files.group(4), GROUP, "a group was expected"));
	}

	private void note(String account, List<String> files) {
		files.stream()
			.filter((file) -> !ShownText.isWhole(file))
			.findFirst()
			.ifPresentOrElse(
					(file) -> this.unanswered.put(account,
							new Unanswered(Unanswered.Reason.NOT_UNDERSTOOD,
									"AuthorizedKeysFile %s, whose name cannot be told".formatted(file))),
					() -> this.patterns.put(account, files));
	}

	private List<String> readAll(String count, Pattern form, String expected) throws IOException {
		List<String> said = new ArrayList<>();
		for (int left = Integer.parseInt(count); left > 0; left--) {
			said.add(Grammar.only(form, this.lines.next(), expected));
		}
		return said;
	}

	/** Returns the line after them. Each account comes at most once. */
	private String readObstacles(List<String> accounts, Map<String, LoginObstacle> obstacles) throws IOException {
		Map<String, String> left = new HashMap<>();
		accounts.forEach((account) -> left.put(NodeScript.accountWord(account), account));
		String line = this.lines.next();
		for (Matcher barred = BARRED.matcher(line); barred.matches(); barred = BARRED.matcher(line)) {
			String account = left.remove(barred.group(1));
			if (account == null) {
				throw new GrammarViolation("an account that was asked for was expected", line);
			}
			obstacles.put(account, LoginObstacle.parse(barred.group(2)));
			line = this.lines.next();
		}
		return line;
	}

	/** Returns the line after them. */
	private String readCircumstances(String first) throws IOException {
		String line = first;
		int count = 0;
		while (!line.startsWith("listed ")) {
			int space = line.indexOf(' ');
			String rest = line.substring(space + 1);
			switch ((space < 0) ? line : line.substring(0, space)) {
				case "asked" -> this.asked = asked(rest);
				case "elsewhere" -> this.blocks.addUnseen();
				case "in" -> this.blocks.beginFile();
				case "rule" -> this.blocks.add(rest);
				default -> throw new GrammarViolation("'listed' was expected", line);
			}
			if (++count > MOST_RULES) {
				throw new GrammarViolation("sshd's configuration has no end");
			}
			line = this.lines.next();
		}
		return line;
	}

	private static Asked asked(String text) {
		try {
			return Asked.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new GrammarViolation("a connection was expected", text);
		}
	}

}
