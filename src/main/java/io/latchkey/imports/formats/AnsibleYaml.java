package io.latchkey.imports.formats;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Ansible's inventory in YAML: groups with {@code hosts}, {@code vars} and
 * {@code children}. Only looked at, never made into objects, so that no tag does
 * anything.
 */
final class AnsibleYaml {

	private static final int DEEPEST = 32;

	private static final Set<String> SECTIONS = Set.of("hosts", "vars", "children");

	private final ListedNodes listed;

	private final AnsibleInventory inventory;

	private final YamlEntries entries;

	private AnsibleYaml(ListedNodes listed) {
		this.listed = listed;
		this.inventory = new AnsibleInventory(listed);
		this.entries = new YamlEntries(listed);
	}

	static void read(String text, ListedNodes listed) {
		AnsibleYaml yaml = new AnsibleYaml(listed);
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(ListedNodes.MOST);
		options.setNestingDepthLimit(2 * DEEPEST);
		try {
			Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
			if (root != null) {
				yaml.root(root);
			}
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 1;
			listed.refuse(line, "import.yaml", String.valueOf(ex.getProblem()));
		}
		catch (YAMLException ex) {
			listed.refuse(1, "import.yaml", String.valueOf(ex.getMessage()));
		}
		yaml.inventory.list();
	}

	private void root(Node root) {
		Map<String, YamlEntries.Entry> groups = this.entries.of(root);
		YamlEntries.Entry plugin = groups.get("plugin");
		if (plugin != null) {
			this.listed.refuse(plugin.line(), "import.ansible.plugin");
		}
		groups.forEach((name, entry) -> group(name, entry, 0));
	}

	private void group(String name, YamlEntries.Entry group, int depth) {
		this.inventory.group(group.line(), name);
		if (depth > DEEPEST) {
			this.listed.wrong(group.line(), "import.ansible.deep", DEEPEST);
			return;
		}
		Map<String, YamlEntries.Entry> sections = this.entries.of(group.value());
		sections.forEach((section, entry) -> {
			if (!SECTIONS.contains(section)) {
				this.listed.wrong(entry.line(), "import.ansible.section", section);
				return;
			}
			this.entries.ofSection(entry.value()).forEach((key, value) -> {
				switch (section) {
					case "hosts" -> host(name, key, value);
					case "vars" -> variables(Map.of(key, value))
						.forEach((variable, read) -> this.inventory.variable(name, variable, read));
					default -> {
						this.inventory.child(value.line(), name, key);
						group(key, value, depth + 1);
					}
				}
			});
		});
	}

	private void host(String group, String text, YamlEntries.Entry host) {
		Optional<AnsibleHostPattern> pattern = AnsibleHostPattern.parse(text);
		if (pattern.isEmpty()) {
			this.listed.wrong(host.line(), "import.ansible.range", text);
			return;
		}
		if (!host.isText()) {
			this.listed.wrong(host.line(), "import.yaml.text", text);
			return;
		}
		this.inventory.hosts(host.line(), group, pattern.get(), variables(this.entries.of(host.value())));
	}

	private Map<String, AnsibleValue> variables(Map<String, YamlEntries.Entry> entries) {
		Map<String, AnsibleValue> variables = new HashMap<>();
		entries.forEach((name, entry) -> {
			if (AnsibleValue.READ.contains(name)) {
				variables.put(name, value(entry.value()));
			}
		});
		return variables;
	}

	private static AnsibleValue value(Node node) {
		if (!(node instanceof ScalarNode scalar)) {
			return AnsibleValue.odd((node instanceof MappingNode) ? "{…}" : "[…]");
		}
		String text = scalar.getValue();
		Tag tag = scalar.getTag();
		if (tag.getValue().startsWith("!vault")) {
			return AnsibleValue.vaulted();
		}
		if (tag.equals(Tag.NULL)) {
			return AnsibleValue.NONE;
		}
		boolean decimal = tag.equals(Tag.INT) && AnsibleLiteral.isDecimal(text);
		return (decimal || tag.equals(Tag.STR) || tag.getValue().equals("!unsafe")) ? AnsibleValue.of(text)
				: AnsibleValue.odd(text);
	}

}
