package io.latchkey.enrolment.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ansible's inventory in sections: {@code [group]} with hosts and their variables,
 * {@code [group:children]} with groups, {@code [group:vars]} with variables.
 */
final class AnsibleIni {

	private static final Pattern SECTION = Pattern.compile("\\[([^:\\]]+)(?::([a-z]+))?\\]\\s*(?:[#;].*)?");

	private static final Pattern PORT = Pattern.compile("((?:[^:\\[\\]]|\\[[^\\]]*\\])+):(\\d{1,5})");

	private static final Pattern IPV6 = Pattern.compile("\\[([0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)\\]");

	private final AnsibleInventory inventory = new AnsibleInventory();

	private String group = "ungrouped";

	private String kind = "hosts";

	private AnsibleIni() {
	}

	static AnsibleInventory read(String text) {
		AnsibleIni ini = new AnsibleIni();
		List<String> lines = text.lines().toList();
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
				ini.read(i + 1, line);
			}
		}
		return ini.inventory;
	}

	private void read(int line, String text) {
		if (text.startsWith("[") && !text.contains("]:")) {
			Matcher section = SECTION.matcher(text);
			if (section.matches()) {
				open(line, section.group(1).strip(), (section.group(2) != null) ? section.group(2) : "hosts");
				return;
			}
		}
		List<String> words = Words.of(text);
		if (words == null || words.isEmpty()) {
			wrong(line, "import.quote");
			return;
		}
		switch (this.kind) {
			case "hosts" -> hosts(line, words);
			case "children" -> this.inventory.child(this.group, words.get(0));
			case "vars" -> variable(line, text);
			default -> {
				// the section was said to be wrong
			}
		}
	}

	private void open(int line, String name, String sectionKind) {
		this.group = name;
		this.kind = sectionKind;
		if (!List.of("hosts", "children", "vars").contains(sectionKind)) {
			wrong(line, "import.ansible.section", name + ":" + sectionKind);
			return;
		}
		this.inventory.group(line, name);
	}

	private void hosts(int line, List<String> words) {
		Map<String, String> variables = new HashMap<>();
		for (String word : words.subList(1, words.size())) {
			int equals = word.indexOf('=');
			if (equals < 1) {
				wrong(line, "import.ansible.variable", word);
				return;
			}
			variables.put(word.substring(0, equals), word.substring(equals + 1));
		}
		String pattern = words.get(0);
		Matcher port = PORT.matcher(pattern);
		if (port.matches()) {
			pattern = port.group(1);
			variables.putIfAbsent("ansible_port", port.group(2));
		}
		Matcher ipv6 = IPV6.matcher(pattern);
		List<String> names = ipv6.matches() ? List.of(ipv6.group(1)) : HostRange.expand(pattern);
		if (names.isEmpty()) {
			wrong(line, "import.ansible.range", pattern);
		}
		names.forEach((name) -> this.inventory.host(line, this.group, name, variables));
	}

	private void variable(int line, String text) {
		int equals = text.indexOf('=');
		if (equals < 1) {
			wrong(line, "import.ansible.variable", text);
			return;
		}
		List<String> value = Words.of(text.substring(equals + 1));
		if (value == null) {
			wrong(line, "import.quote");
			return;
		}
		this.inventory.variable(this.group, text.substring(0, equals).strip(), String.join(" ", value));
	}

	private void wrong(int line, String code, Object... arguments) {
		this.inventory.wrongs().wrong(line, code, arguments);
	}

}
