package io.latchkey.conversation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.openssh.LoginRules.Asked;
import io.latchkey.openssh.LoginRules;
import io.latchkey.openssh.MatchBlocks;
import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to {@code files}.
 */
class KeyFilesAnswer {

	private static final int MOST_RULES = 20_000;

	/** What is kept for each account. */
	private static final int LONGEST_RULES = 65_000;

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

	/** Where the lines come from. */
	@FunctionalInterface
	interface Lines {

		String next() throws IOException;

	}

	KeyFiles read(List<String> accounts) throws IOException {
		for (String account : accounts) {
			readAccount(account);
		}
		Map<String, LoginObstacle> obstacles = new HashMap<>();
		Map<String, String> byWord = new HashMap<>();
		accounts.forEach((account) -> byWord.put(NodeScript.accountWord(account), account));
		String line = this.lines.next();
		while (Grammar.isBarred(line)) {
			obstacles.put(Grammar.barred(line, byWord), Grammar.obstacle(line));
			line = this.lines.next();
		}
		boolean strictModes = Grammar.strictModes(readCircumstances(line));
		Map<String, LoginRules> rules = new HashMap<>();
		if (this.asked != null) {
			this.patterns.keySet().forEach((account) -> rules.put(account, rules(account)));
			rules.forEach((account, said) -> {
				if (said.render().length() > LONGEST_RULES) {
					this.unanswered.put(account, new Unanswered(Unanswered.Reason.NOT_UNDERSTOOD,
							"its rules have more than %d characters".formatted(LONGEST_RULES)));
				}
			});
			this.patterns.keySet().removeAll(this.unanswered.keySet());
		}
		return new KeyFiles(this.patterns, this.unanswered, rules, strictModes, obstacles);
	}

	private LoginRules rules(String account) {
		return new LoginRules(this.settings.getOrDefault(account, SshdSettings.NONE),
				this.groups.getOrDefault(account, List.of()), this.blocks.varying(), this.asked);
	}

	private void readAccount(String account) throws IOException {
		String line = this.lines.next();
		if (Grammar.isUnanswered(account, line)) {
			this.unanswered.put(account, Grammar.unanswered(line));
			return;
		}
		Grammar.Following following = Grammar.following(account, line);
		List<String> files = new ArrayList<>();
		for (int i = 0; i < following.patterns(); i++) {
			files.add(Grammar.pattern(this.lines.next()));
		}
		this.patterns.put(account, files);
		if (!following.same()) {
			List<String> said = new ArrayList<>();
			for (int i = 0; i < following.settings(); i++) {
				said.add(Grammar.setting(this.lines.next()));
			}
			this.before = new SshdSettings(said);
		}
		this.settings.put(account, this.before);
		List<String> names = new ArrayList<>();
		for (int i = 0; i < following.groups(); i++) {
			names.add(Grammar.group(this.lines.next()));
		}
		this.groups.put(account, names);
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
