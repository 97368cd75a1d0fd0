package io.latchkey.enrolment.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Hosts in groups of groups, with variables, as Ansible has them: a host's own variables
 * come before those of its groups, a group's before those of the groups that it is in.
 */
final class AnsibleInventory {

	static final String ALL = "all";

	private static final Set<String> NO_CLUSTERS = Set.of(ALL, "ungrouped");

	private static final Pattern JUMP = Pattern
		.compile("(?:.*\\s)?(?:-J\\s*|-o\\s*\"?ProxyJump[= ]\\s*)([^\\s\"']+).*");

	private static final Pattern JUMP_HOST = Pattern.compile("(?:[^@,]+@)?([^:@,]+)(?::\\d+)?");

	private static final int DEEPEST = 32;

	/** A group of hosts and of groups. */
	private static final class Group {

		private final Set<String> hosts = new LinkedHashSet<>();

		private final Set<String> children = new LinkedHashSet<>();

		private final Map<String, String> variables = new HashMap<>();

	}

	private final ListedNodes listed = new ListedNodes();

	private final Map<String, Group> groups = new LinkedHashMap<>();

	private final Map<String, Integer> lines = new LinkedHashMap<>();

	private final Map<String, Map<String, String>> hostVariables = new HashMap<>();

	ListedNodes wrongs() {
		return this.listed;
	}

	void host(int line, String group, String name, Map<String, String> variables) {
		if (this.lines.size() >= ListedNodes.MOST && !this.lines.containsKey(name)) {
			if (this.lines.size() == ListedNodes.MOST) {
				this.listed.wrong(line, "import.many", ListedNodes.MOST);
				this.lines.put(name, line);
			}
			return;
		}
		this.lines.putIfAbsent(name, line);
		group(group).hosts.add(name);
		this.hostVariables.computeIfAbsent(name, (host) -> new HashMap<>()).putAll(variables);
	}

	void child(String group, String child) {
		group(group).children.add(child);
		group(child);
	}

	void variable(String group, String name, String value) {
		group(group).variables.put(name, value);
	}

	void group(int line, String name) {
		if (name.isBlank()) {
			this.listed.wrong(line, "import.ansible.group");
		}
		group(name);
	}

	private Group group(String name) {
		return this.groups.computeIfAbsent(name, (group) -> new Group());
	}

	ListedNodes listed() {
		Map<String, Set<String>> parents = parents();
		Map<String, Set<String>> groupsOf = new HashMap<>();
		this.groups.forEach((name, group) -> group.hosts
			.forEach((host) -> groupsOf.computeIfAbsent(host, (key) -> new LinkedHashSet<>()).add(name)));
		this.lines.forEach((host, line) -> list(host, line, groupsOf.getOrDefault(host, Set.of()), parents));
		return this.listed;
	}

	private Map<String, Set<String>> parents() {
		Map<String, Set<String>> parents = new HashMap<>();
		this.groups.forEach((name, group) -> group.children
			.forEach((child) -> parents.computeIfAbsent(child, (key) -> new LinkedHashSet<>()).add(name)));
		return parents;
	}

	private void list(String host, int line, Set<String> own, Map<String, Set<String>> parents) {
		List<Set<String>> levels = levels(own, parents);
		Map<String, String> variables = new HashMap<>(group(ALL).variables);
		for (int i = levels.size() - 1; i >= 0; i--) {
			levels.get(i)
				.stream()
				.filter((group) -> !group.equals(ALL))
				.forEach((group) -> variables.putAll(group(group).variables));
		}
		variables.putAll(this.hostVariables.getOrDefault(host, Map.of()));
		if ("local".equals(variables.get("ansible_connection"))) {
			this.listed.passOver(line, "import.ansible.local", host);
			return;
		}
		String address = variables.getOrDefault("ansible_host", variables.getOrDefault("ansible_ssh_host", host));
		String port = variables.getOrDefault("ansible_port", variables.get("ansible_ssh_port"));
		String user = variables.getOrDefault("ansible_user", variables.get("ansible_ssh_user"));
		for (String value : new String[] { address, port, user }) {
			if (value != null && value.contains("{{")) {
				this.listed.wrong(line, "import.ansible.template", host, value);
				return;
			}
		}
		Set<String> clusters = new TreeSet<>();
		levels.forEach((level) -> level.stream()
			.filter((group) -> !NO_CLUSTERS.contains(group))
			.forEach((group) -> clusters.add(group.toLowerCase(Locale.ROOT))));
		this.listed.add(ListedNode.of(line, host, address, this.listed.port(line, port), user, List.copyOf(clusters),
				jump(line, variables)));
	}

	/** The groups of a host, then those that these are in, and so on. */
	private List<Set<String>> levels(Set<String> own, Map<String, Set<String>> parents) {
		List<Set<String>> levels = new ArrayList<>();
		Set<String> seen = new LinkedHashSet<>();
		Set<String> level = own;
		while (!level.isEmpty() && levels.size() < DEEPEST) {
			levels.add(level);
			seen.addAll(level);
			Set<String> next = new LinkedHashSet<>();
			level.forEach((group) -> next.addAll(parents.getOrDefault(group, Set.of())));
			next.removeAll(seen);
			level = next;
		}
		return levels;
	}

	private @Nullable String jump(int line, Map<String, String> variables) {
		String arguments = variables.getOrDefault("ansible_ssh_common_args", "") + " "
				+ variables.getOrDefault("ansible_ssh_extra_args", "");
		Matcher matcher = JUMP.matcher(arguments);
		if (!matcher.matches()) {
			return null;
		}
		String jumps = matcher.group(1);
		Matcher host = JUMP_HOST.matcher(jumps.substring(jumps.lastIndexOf(',') + 1));
		if (!host.matches()) {
			this.listed.wrong(line, "import.jump", jumps);
			return null;
		}
		return host.group(1);
	}

}
