package io.latchkey.enrolment.imports;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Ansible's inventory in YAML: groups with {@code hosts}, {@code vars} and
 * {@code children}. Only looked at, never made into objects, so that no tag does
 * anything.
 */
final class AnsibleYaml {

	private static final int DEEPEST = 32;

	private final AnsibleInventory inventory = new AnsibleInventory();

	private AnsibleYaml() {
	}

	static AnsibleInventory read(String text) {
		AnsibleYaml yaml = new AnsibleYaml();
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(50);
		options.setNestingDepthLimit(2 * DEEPEST);
		try {
			Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
			if (root != null) {
				yaml.entries(root, (key, group) -> yaml.group(value(key), group, 0));
			}
		}
		catch (MarkedYAMLException ex) {
			int line = (ex.getProblemMark() != null) ? ex.getProblemMark().getLine() + 1 : 1;
			yaml.wrong(line, "import.yaml", String.valueOf(ex.getProblem()));
		}
		catch (YAMLException ex) {
			yaml.wrong(1, "import.yaml", String.valueOf(ex.getMessage()));
		}
		return yaml.inventory;
	}

	private void group(String name, Node body, int depth) {
		this.inventory.group(line(body), name);
		if (depth > DEEPEST) {
			wrong(line(body), "import.ansible.deep", DEEPEST);
			return;
		}
		entries(body, (key, part) -> {
			switch (value(key)) {
				case "hosts" -> entries(part, (host, variables) -> host(name, host, variables));
				case "vars" ->
					variables(part).forEach((variable, value) -> this.inventory.variable(name, variable, value));
				case "children" -> entries(part, (child, childBody) -> {
					this.inventory.child(name, value(child));
					group(value(child), childBody, depth + 1);
				});
				default -> wrong(line(key), "import.ansible.section", value(key));
			}
		});
	}

	private void host(String group, Node host, Node body) {
		Map<String, String> variables = variables(body);
		List<String> names = HostRange.expand(value(host));
		if (names.isEmpty()) {
			wrong(line(host), "import.ansible.range", value(host));
		}
		names.forEach((name) -> this.inventory.host(line(host), group, name, variables));
	}

	/** Those that are plain texts or numbers. */
	private Map<String, String> variables(Node body) {
		Map<String, String> variables = new LinkedHashMap<>(new HashMap<>());
		entries(body, (key, node) -> {
			if (node instanceof ScalarNode scalar) {
				variables.put(value(key), scalar.getValue());
			}
		});
		return variables;
	}

	/** None where nothing stands. */
	private void entries(Node node, BiConsumer<Node, Node> consumer) {
		if (node instanceof MappingNode mapping) {
			for (NodeTuple entry : mapping.getValue()) {
				consumer.accept(entry.getKeyNode(), entry.getValueNode());
			}
		}
		else if (!(node instanceof ScalarNode scalar) || !scalar.getValue().isBlank()) {
			wrong(line(node), "import.yaml.mapping");
		}
	}

	private static String value(Node key) {
		return (key instanceof ScalarNode scalar) ? scalar.getValue() : "";
	}

	private static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

	private void wrong(int line, String code, Object... arguments) {
		this.inventory.wrongs().wrong(line, code, arguments);
	}

}
