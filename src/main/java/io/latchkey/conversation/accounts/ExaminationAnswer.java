package io.latchkey.conversation.accounts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.accounts.AccountExamination.AccountEntry;
import io.latchkey.conversation.accounts.AccountExamination.ConfigurationLine;
import io.latchkey.conversation.accounts.AccountExamination.DiskRoom;
import io.latchkey.conversation.accounts.AccountExamination.ExaminedFile;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Lines;
import io.latchkey.openssh.SshdSettings;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code examine}: what a node tells of one account. */
class ExaminationAnswer {

	private static final int MOST_LINES = 5000;

	private static final String NUMBER = "(\\d{1,18})";

	private static final Pattern ENTRY = Pattern.compile(NUMBER + " " + NUMBER + " (/.{0,4096})");

	private static final Pattern SHADOW = Pattern
		.compile("(locked|none|empty|there) (\\d{1,10}|-) (\\d{1,10}|-) (\\d{1,10}|-) (\\d{1,10}|-)");

	private static final Pattern FILE = Pattern
		.compile("([a-zA-Z?-][a-zA-Z-]{9}) " + NUMBER + " " + NUMBER + " " + NUMBER + " (/.{0,8192})");

	private static final Pattern ROOM = Pattern.compile(NUMBER + " " + NUMBER + " " + NUMBER + " (yes|no)");

	private static final Pattern SETTING = Pattern.compile("[a-z0-9]{1,100} .{0,1000}");

	private static final Pattern RULE = Pattern.compile("(\\d{1,9}) (.{0,400})");

	private static final Pattern NOLOGIN = Pattern.compile("(/\\S{1,100}) ?(.{0,400})");

	private static final Pattern AROUND = Pattern.compile("([a-z0-9]{1,20}) (.{0,500})");

	private final List<ExaminedFile> steps = new ArrayList<>();

	private final Map<String, String> links = new LinkedHashMap<>();

	private final List<ExaminedFile> near = new ArrayList<>();

	private final List<String> settings = new ArrayList<>();

	private final List<String> broken = new ArrayList<>();

	private final List<ConfigurationLine> rules = new ArrayList<>();

	private final Map<String, String> nologin = new LinkedHashMap<>();

	private final List<String> relabelled = new ArrayList<>();

	private final List<String> log = new ArrayList<>();

	private final Map<Surrounding, List<String>> around = new EnumMap<>(Surrounding.class);

	private @Nullable AccountEntry entry;

	private @Nullable ShadowEntry shadow;

	private @Nullable DiskRoom room;

	private @Nullable Boolean selinux;

	private String file = "";

	private String link = "";

	AccountExamination read(Lines lines) throws IOException {
		String line = lines.next();
		for (int count = 0; !"examined".equals(line); count++) {
			if (count >= MOST_LINES) {
				throw new GrammarViolation("an answer of at most %d lines was expected".formatted(MOST_LINES));
			}
			int space = line.indexOf(' ');
			take((space < 0) ? line : line.substring(0, space), line.substring(space + 1));
			line = lines.next();
		}
		return new AccountExamination(this.entry, this.shadow, this.steps, this.links, this.near, this.room,
				new SshdSettings(this.settings), this.broken, this.rules, this.nologin, this.selinux, this.relabelled,
				this.log, this.around);
	}

	private void take(String word, String rest) {
		switch (word) {
			case "entry" -> this.entry = entry(matched(ENTRY, rest), "");
			case "shell" -> this.entry = withShell(rest);
			case "shadow" -> this.shadow = shadow(matched(SHADOW, rest));
			case "step" -> this.steps.add(file(rest));
			case "near" -> this.near.add(file(rest));
			case "link" -> this.link = rest;
			case "target" -> this.links.put(this.link, rest);
			case "room" -> this.room = room(matched(ROOM, rest));
			case "relabel" -> this.relabelled.add(rest);
			case "setting" -> this.settings.add(matched(SETTING, rest).group());
			case "in" -> this.file = rest;
			case "rule" -> this.rules.add(rule(matched(RULE, rest)));
			case "nologin" -> addNologin(matched(NOLOGIN, rest));
			case "selinux" -> this.selinux = "1".equals(rest);
			case "broken" -> this.broken.add(rest);
			case "log" -> this.log.add(rest);
			case "around" -> addAround(matched(AROUND, rest));
			default -> throw new GrammarViolation("'examined' was expected", word);
		}
	}

	private static AccountEntry entry(Matcher said, String shell) {
		return new AccountEntry(Long.parseLong(said.group(1)), Long.parseLong(said.group(2)), said.group(3), shell);
	}

	private AccountEntry withShell(String shell) {
		AccountEntry known = this.entry;
		if (known == null) {
			throw new GrammarViolation("an account was expected before its shell");
		}
		return new AccountEntry(known.uid(), known.gid(), known.home(), shell);
	}

	private static ShadowEntry shadow(Matcher said) {
		return new ShadowEntry(ShadowEntry.Password.parse(said.group(1)), day(said.group(2)), day(said.group(3)),
				day(said.group(4)), day(said.group(5)));
	}

	private static @Nullable Long day(String text) {
		return "-".equals(text) ? null : Long.valueOf(text);
	}

	private static ExaminedFile file(String text) {
		Matcher said = matched(FILE, text);
		return new ExaminedFile(said.group(1), Long.parseLong(said.group(2)), Long.parseLong(said.group(3)),
				Long.parseLong(said.group(4)), said.group(5));
	}

	private static DiskRoom room(Matcher said) {
		return new DiskRoom(Long.parseLong(said.group(1)), Long.parseLong(said.group(2)), Long.parseLong(said.group(3)),
				"yes".equals(said.group(4)));
	}

	private ConfigurationLine rule(Matcher said) {
		return new ConfigurationLine(this.file, Integer.parseInt(said.group(1)), said.group(2));
	}

	private void addAround(Matcher said) {
		this.around.computeIfAbsent(Surrounding.parse(said.group(1)), (kind) -> new ArrayList<>()).add(said.group(2));
	}

	private void addNologin(Matcher said) {
		this.nologin.put(said.group(1), said.group(2).strip());
	}

	private static Matcher matched(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		if (!matcher.matches()) {
			throw new GrammarViolation("what the node tells of an account was expected", text);
		}
		return matcher;
	}

}
