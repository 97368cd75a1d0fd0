package io.latchkey.enrolment.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The hosts of an OpenSSH client's configuration (ssh_config(5)): each name of a
 * {@code Host} line that is no pattern is a node. Of a keyword the first value that
 * applies counts, that of patterns too.
 */
final class SshConfigNodes {

	private static final Set<String> READ = Set.of("hostname", "port", "user", "proxyjump");

	private static final Pattern KEYWORD = Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*?)\\s*");

	private static final Pattern JUMP = Pattern
		.compile("(?:ssh://)?(?:[^@\\s,]+@)?(\\[[^\\]]+\\]|[^:\\s,]+)(?::\\d+)?");

	/** A {@code Host} block; what stands before the first one is for all hosts. */
	private record Block(List<String> patterns, Map<String, String> values) {

		boolean appliesTo(String name) {
			boolean applies = false;
			for (String pattern : this.patterns) {
				boolean negated = pattern.startsWith("!");
				if (matches(negated ? pattern.substring(1) : pattern, name)) {
					if (negated) {
						return false;
					}
					applies = true;
				}
			}
			return applies;
		}

		private static boolean matches(String pattern, String name) {
			StringBuilder regex = new StringBuilder();
			for (char next : pattern.toCharArray()) {
				regex.append(switch (next) {
					case '*' -> ".*";
					case '?' -> ".";
					default -> Pattern.quote(String.valueOf(next));
				});
			}
			return name.matches(regex.toString());
		}

	}

	private final ListedNodes listed = new ListedNodes();

	private final List<Block> blocks = new ArrayList<>();

	private final Map<String, Integer> names = new LinkedHashMap<>();

	private SshConfigNodes() {
	}

	static ListedNodes read(String text) {
		SshConfigNodes nodes = new SshConfigNodes();
		nodes.readBlocks(text.lines().toList());
		nodes.names.forEach(nodes::list);
		return nodes.listed;
	}

	private void readBlocks(List<String> lines) {
		Map<String, String> values = open(List.of("*"));
		for (int i = 0; i < lines.size(); i++) {
			String text = lines.get(i).strip();
			if (text.isEmpty() || text.startsWith("#")) {
				continue;
			}
			Matcher matcher = KEYWORD.matcher(text);
			List<String> words = matcher.matches() ? Words.of(matcher.group(2)) : null;
			if (words == null || words.isEmpty()) {
				this.listed.wrong(i + 1, "import.ssh-config.line");
				continue;
			}
			String keyword = matcher.group(1).toLowerCase(Locale.ROOT);
			switch (keyword) {
				case "host" -> {
					values = open(words);
					note(words, i + 1);
				}
				case "match" -> {
					values = new HashMap<>();
					this.listed.passOver(i + 1, "import.ssh-config.match");
				}
				case "include" -> this.listed.passOver(i + 1, "import.ssh-config.include", words.get(0));
				default -> {
					if (READ.contains(keyword)) {
						values.putIfAbsent(keyword, words.get(0));
					}
				}
			}
		}
	}

	private Map<String, String> open(List<String> patterns) {
		Map<String, String> values = new HashMap<>();
		this.blocks.add(new Block(patterns, values));
		return values;
	}

	private void note(List<String> words, int line) {
		words.stream()
			.filter((word) -> !word.startsWith("!") && !word.contains("*") && !word.contains("?"))
			.forEach((name) -> this.names.putIfAbsent(name, line));
	}

	private void list(String name, int line) {
		String address = Objects.requireNonNullElse(value(name, "hostname"), name).replace("%h", name);
		this.listed.add(ListedNode.of(line, name, address, this.listed.port(line, value(name, "port")),
				value(name, "user"), List.of(), jump(name, line)));
	}

	/** Of several jumps the last one is next to the node. */
	private @Nullable String jump(String name, int line) {
		String jumps = value(name, "proxyjump");
		if (jumps == null || jumps.equalsIgnoreCase("none")) {
			return null;
		}
		String last = jumps.substring(jumps.lastIndexOf(',') + 1);
		Matcher matcher = JUMP.matcher(last);
		if (!matcher.matches()) {
			this.listed.wrong(line, "import.jump", jumps);
			return null;
		}
		return matcher.group(1);
	}

	private @Nullable String value(String name, String keyword) {
		return this.blocks.stream()
			.filter((block) -> block.values().containsKey(keyword) && block.appliesTo(name))
			.map((block) -> block.values().get(keyword))
			.findFirst()
			.orElse(null);
	}

}
