package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.imports.formats.SshConfigBlock.Pass;
import io.latchkey.imports.formats.SshConfigBlock.Verdict;
import io.latchkey.imports.formats.SshSettings.Setting;
import io.latchkey.openssh.NamePatterns;
import io.latchkey.openssh.SshConfigLine;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of an OpenSSH client's configuration (ssh_config(5)): each name of a
 * {@code Host} line that is no pattern is a node, with what {@code ssh -G} would say of
 * it. A host for which a line counts that is not understood is left out.
 */
final class SshConfigNodes {

	/** Each is compared with each name. */
	private static final int MOST_PATTERNS = 500;

	private static final String MATCH_ALL = "*";

	private final ListedNodes listed;

	private final List<SshConfigBlock> blocks = new ArrayList<>();

	/** The blocks that each name has to be compared with, and those that name it. */
	private final List<Integer> general = new ArrayList<>();

	private final Map<String, List<Integer>> naming = new HashMap<>();

	private final Map<String, Integer> names = new LinkedHashMap<>();

	private final Set<Integer> counting = new HashSet<>();

	private NamePatterns ignored = NamePatterns.of(List.of());

	private boolean asksForTheEnd;

	private int patterns;

	private SshConfigNodes(ListedNodes listed) {
		this.listed = listed;
	}

	static void read(List<String> lines, ListedNodes listed) {
		SshConfigNodes nodes = new SshConfigNodes(listed);
		nodes.readBlocks(lines);
		nodes.names.forEach(nodes::list);
		nodes.sayWhatCountsForNone();
	}

	private void readBlocks(List<String> lines) {
		open(new SshConfigBlock(1, null));
		for (int i = 0; i < lines.size() && !this.listed.isRefused(); i++) {
			int line = i + 1;
			SshConfigLine.parse(lines.get(i)).ifPresent((text) -> read(line, text));
		}
	}

	private void read(int line, SshConfigLine text) {
		List<String> words = text.words();
		if (text.rest().isEmpty() || (words != null && words.isEmpty())) {
			spoil(line, "import.ssh-config.line");
			return;
		}
		switch (text.keyword()) {
			case "host" -> openHost(line, words);
			case "match" -> openMatch(line, words);
			case "include" -> this.listed.passOver(line, "import.ssh-config.include", text.rest());
			case "ignoreunknown" -> ignore(words);
			case "canonicalizehostname" -> {
				if (words == null || !words.get(0).equalsIgnoreCase("no")) {
					this.listed.passOver(line, "import.ssh-config.canonical");
				}
			}
			default -> set(line, text);
		}
	}

	private void openHost(int line, @Nullable List<String> words) {
		if (words == null || words.contains("")) {
			openNone(line, (words == null) ? "import.quote" : "import.ssh-config.line");
			return;
		}
		open(new SshConfigBlock(line, new HostCondition(NamePatterns.of(words))));
	}

	private void openMatch(int line, @Nullable List<String> words) {
		Optional<MatchCondition> match = (words == null) ? Optional.empty() : MatchCondition.parse(words);
		if (match.isEmpty()) {
			openNone(line, "import.ssh-config.match");
			return;
		}
		this.asksForTheEnd |= match.get().asksForTheEnd();
		open(new SshConfigBlock(line, match.get()));
	}

	/** What stands below it counts for nobody knows whom. */
	private void openNone(int line, String code) {
		this.listed.refuse(line, code);
	}

	private void open(SshConfigBlock block) {
		int index = this.blocks.size();
		this.blocks.add(block);
		block.condition().names().forEach((name) -> this.names.putIfAbsent(name, block.line()));
		int compared = block.condition().patterns();
		if (compared == 0) {
			block.condition()
				.names()
				.stream()
				.distinct()
				.forEach((name) -> this.naming.computeIfAbsent(name, (key) -> new ArrayList<>()).add(index));
			return;
		}
		this.general.add(index);
		this.patterns += compared;
		if (this.patterns > MOST_PATTERNS) {
			this.listed.refuse(block.line(), "import.ssh-config.patterns", MOST_PATTERNS);
		}
	}

	private void ignore(@Nullable List<String> words) {
		if (words != null && this.ignored.size() == 0) {
			this.ignored = NamePatterns.parse(words.get(0).toLowerCase(Locale.ROOT));
		}
	}

	private void set(int line, SshConfigLine text) {
		if (SshSettings.READ.contains(text.keyword())) {
			Setting setting = Setting.of(line, text);
			if (setting.problem() != null) {
				this.listed.wrong(line, setting.problem(), setting.value(), text.keyword());
			}
			last().add(setting);
		}
		else if (!SshKeywords.isKnown(text.keyword()) && !this.ignored.matches(text.keyword())) {
			spoil(line, "import.ssh-config.keyword", text.keyword());
		}
	}

	/** Of a host for which this line counts nobody can say what it is. */
	private void spoil(int line, String code, Object... arguments) {
		this.listed.wrong(line, code, arguments);
		last().add(new Setting(line, "", "", code));
	}

	private SshConfigBlock last() {
		return this.blocks.get(this.blocks.size() - 1);
	}

	private void list(String name, int line) {
		this.listed.deadline().check();
		SshSettings settings = settingsOf(name);
		Optional<Setting> problem = settings.problem();
		if (problem.isPresent()) {
			this.listed.passOver(line, "import.ssh-config.left-out", name, Integer.toString(problem.get().line()));
			return;
		}
		if (name.indexOf('@') >= 0) {
			this.listed.wrong(line, "import.ssh-config.at", name);
			return;
		}
		Optional<List<Jump>> jumps = settings.jumps(ProxyCommand::jumps);
		if (jumps.isEmpty()) {
			this.listed.wrong(line, "import.proxy-command", name, String.valueOf(settings.value("proxycommand")));
			return;
		}
		this.listed.add(ListedNode.of(line, name, settings.hostOf(name).toLowerCase(Locale.ROOT), settings.port(),
				settings.value("user"), List.of(), jumps.get()));
	}

	private SshSettings settingsOf(String name) {
		SshSettings settings = new SshSettings();
		List<SshConfigBlock> concerned = concerning(name);
		concerned.forEach((block) -> apply(block, name, settings, Pass.FIRST));
		if (this.asksForTheEnd) {
			concerned.forEach((block) -> apply(block, name, settings, Pass.FINAL));
		}
		return settings;
	}

	/** In the order of the file. */
	private List<SshConfigBlock> concerning(String name) {
		List<Integer> indexes = new ArrayList<>(this.general);
		indexes.addAll(this.naming.getOrDefault(name, List.of()));
		return indexes.stream().sorted().map(this.blocks::get).toList();
	}

	private void apply(SshConfigBlock block, String name, SshSettings settings, Pass pass) {
		Verdict verdict = (block.condition().patterns() == 0) ? Verdict.YES
				: block.condition().isFor(name, settings, pass);
		if (verdict == Verdict.UNKNOWN && block.condition() instanceof MatchCondition match) {
			this.listed.passOver(block.line(), "import.ssh-config.match.unknown", match.unknown());
			this.counting.add(block.line());
		}
		else if (verdict == Verdict.YES) {
			this.counting.add(block.line());
			block.settings().forEach(settings::apply);
		}
	}

	private void sayWhatCountsForNone() {
		for (SshConfigBlock block : this.blocks) {
			if (!this.counting.contains(block.line()) && block.condition() instanceof HostCondition host
					&& !host.patternsOfLine()
						.matching()
						.stream()
						.allMatch((pattern) -> pattern.text().equals(MATCH_ALL))) {
				this.listed.passOver(block.line(), "import.ssh-config.pattern");
			}
			else if (!this.counting.contains(block.line()) && block.condition() instanceof MatchCondition) {
				this.listed.passOver(block.line(), "import.ssh-config.match.none");
			}
		}
	}

}
