package io.latchkey.imports.formats;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hosts in groups of groups, with variables, as Ansible has them: a host's own variables
 * come before those of its groups.
 */
final class AnsibleInventory {

	private static final Set<String> NO_CLUSTERS = Set.of(AnsibleGroups.ALL, "ungrouped");

	/** A host and what is its own. */
	private static final class Host {

		private final int line;

		private final Set<String> groups = new LinkedHashSet<>();

		private final Map<String, AnsibleValue> variables = new HashMap<>();

		private Host(int line) {
			this.line = line;
		}

	}

	private final ListedNodes listed;

	private final AnsibleGroups groups = new AnsibleGroups();

	private final Map<String, Host> hosts = new LinkedHashMap<>();

	AnsibleInventory(ListedNodes listed) {
		this.listed = listed;
	}

	void hosts(int line, String group, AnsibleHostPattern pattern, Map<String, AnsibleValue> variables) {
		pattern.names().forEach((name) -> host(line, group, name, pattern, variables));
	}

	private void host(int line, String group, String name, AnsibleHostPattern pattern,
			Map<String, AnsibleValue> variables) {
		Host host = this.hosts.get(name);
		if (host == null) {
			if (this.hosts.size() == ListedNodes.MOST) {
				this.listed.refuse(line, "import.many", ListedNodes.MOST);
				return;
			}
			host = new Host(line);
			this.hosts.put(name, host);
			if (pattern.port() != null) {
				host.variables.put("ansible_port", AnsibleValue.of(pattern.port().toString()));
			}
		}
		else if (pattern.port() != null) {
			this.listed.passOver(line, "import.ansible.port", name, Integer.toString(pattern.port()),
					Integer.toString(host.line));
		}
		this.groups.add(group);
		host.groups.add(group);
		host.variables.putAll(variables);
	}

	/**
	 * @return whether there is such a host
	 */
	boolean addVariables(String name, Map<String, AnsibleValue> variables) {
		Host host = this.hosts.get(name);
		if (host != null) {
			host.variables.putAll(variables);
		}
		return host != null;
	}

	void child(int line, String group, String child) {
		this.listed.deadline().check();
		if (!this.groups.add(group, child)) {
			this.listed.wrong(line, "import.ansible.circle", child, group);
		}
	}

	void variable(String group, String name, AnsibleValue value) {
		if (AnsibleValue.READ.contains(name)) {
			this.groups.variable(group, name, value);
		}
	}

	void group(int line, String name) {
		if (name.isBlank()) {
			this.listed.wrong(line, "import.ansible.group", name);
		}
		this.groups.add(name);
	}

	boolean containsGroup(String name) {
		return this.groups.contains(name);
	}

	void list() {
		this.hosts.forEach(this::list);
	}

	private void list(String name, Host host) {
		this.listed.deadline().check();
		Map<String, AnsibleValue> variables = this.groups.variables(host.groups);
		variables.putAll(host.variables);
		Set<String> clusters = new TreeSet<>();
		this.groups.inOrder(host.groups)
			.stream()
			.filter((group) -> !NO_CLUSTERS.contains(group))
			.forEach((group) -> clusters.add(group.toLowerCase(Locale.ROOT)));
		new AnsibleHost(host.line, name, variables, this.listed).list(List.copyOf(clusters));
	}

}
