package io.latchkey.imports.formats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Ansible's inventory in sections: {@code [group]} with hosts and their variables,
 * {@code [group:children]} with groups, {@code [group:vars]} with variables.
 */
final class AnsibleIni {

	private static final Set<String> KINDS = Set.of("hosts", "children", "vars");

	private final ListedNodes listed;

	private final AnsibleInventory inventory;

	/** Groups that were spoken of before they were there, and where. */
	private final Map<String, Integer> expected = new LinkedHashMap<>();

	private String group = "ungrouped";

	private String kind = "hosts";

	private AnsibleIni(ListedNodes listed) {
		this.listed = listed;
		this.inventory = new AnsibleInventory(listed);
	}

	static void read(List<String> lines, ListedNodes listed) {
		AnsibleIni ini = new AnsibleIni(listed);
		ini.inventory.group(1, "ungrouped");
		for (int i = 0; i < lines.size() && !listed.isRefused(); i++) {
			String line = lines.get(i).strip();
			if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
				ini.read(i + 1, line);
			}
		}
		ini.expected.forEach((name, line) -> listed.wrong(line, "import.ansible.undefined", name));
		ini.inventory.list();
	}

	private void read(int line, String text) {
		String section = sectionOf(text);
		if (section != null) {
			open(line, section);
			return;
		}
		switch (this.kind) {
			case "hosts" -> hosts(line, text);
			case "children" -> child(line, text);
			case "vars" -> variable(line, text);
			default -> {
				// the section was said to be wrong
			}
		}
	}

	/** What stands in the brackets of a section's head; null for another line. */
	static @Nullable String sectionOf(String text) {
		int end = text.indexOf(']');
		if (!text.startsWith("[") || end < 0) {
			return null;
		}
		String after = text.substring(end + 1).strip();
		return (after.isEmpty() || after.startsWith("#")) ? text.substring(1, end) : null;
	}

	private void open(int line, String section) {
		int colon = section.indexOf(':');
		String name = (colon < 0) ? section : section.substring(0, colon);
		String sectionKind = (colon < 0) ? "hosts" : section.substring(colon + 1);
		this.group = name;
		this.kind = sectionKind;
		if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace) || !KINDS.contains(sectionKind)) {
			this.kind = "";
			this.listed.wrong(line, KINDS.contains(sectionKind) ? "import.ansible.group" : "import.ansible.section",
					KINDS.contains(sectionKind) ? name : section);
			return;
		}
		if (sectionKind.equals("vars") && !this.inventory.containsGroup(name)) {
			this.expected.putIfAbsent(name, line);
		}
		else if (!sectionKind.equals("vars")) {
			this.inventory.group(line, name);
			this.expected.remove(name);
		}
	}

	private void hosts(int line, String text) {
		List<String> words = ShellWords.beforeComment(text);
		if (words == null || words.isEmpty()) {
			this.listed.wrong(line, "import.quote");
			return;
		}
		Map<String, AnsibleValue> variables = new HashMap<>();
		for (String word : words.subList(1, words.size())) {
			int equals = word.indexOf('=');
			if (equals < 1) {
				this.listed.wrong(line, "import.ansible.variable", word);
				return;
			}
			if (AnsibleValue.READ.contains(word.substring(0, equals))) {
				variables.put(word.substring(0, equals), AnsibleLiteral.parse(word.substring(equals + 1)));
			}
		}
		Optional<AnsibleHostPattern> pattern = AnsibleHostPattern.parse(words.get(0));
		if (pattern.isEmpty()) {
			this.listed.wrong(line, "import.ansible.range", words.get(0));
			return;
		}
		this.inventory.hosts(line, this.group, pattern.get(), variables);
	}

	private void child(int line, String text) {
		int comment = text.indexOf('#');
		String child = ((comment < 0) ? text : text.substring(0, comment)).strip();
		if (child.isEmpty()
				|| child.chars().anyMatch((next) -> Character.isWhitespace(next) || next == ':' || next == ']')) {
			this.listed.wrong(line, "import.ansible.group", text);
			return;
		}
		if (!this.inventory.containsGroup(child)) {
			this.expected.putIfAbsent(child, line);
		}
		this.inventory.child(line, this.group, child);
	}

	private void variable(int line, String text) {
		int equals = text.indexOf('=');
		if (equals < 1) {
			this.listed.wrong(line, "import.ansible.variable", text);
			return;
		}
		this.inventory.variable(this.group, text.substring(0, equals).strip(),
				AnsibleLiteral.parse(text.substring(equals + 1).strip()));
	}

}
