package io.latchkey.imports.formats;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups of hosts within each other, as Ansible has them. Where two of them give a
 * variable, the deeper one counts; of equally deep ones that with the higher
 * {@code ansible_group_priority}; of these the one whose name comes later.
 */
final class AnsibleGroups {

	static final String ALL = "all";

	private static final int DEEPEST = 32;

	/** One of them. */
	private static final class Group {

		private final Set<String> parents = new LinkedHashSet<>();

		private final Set<String> children = new LinkedHashSet<>();

		private final Map<String, AnsibleValue> variables = new HashMap<>();

		private int depth = 1;

	}

	private final Map<String, Group> groups = new LinkedHashMap<>();

	private final Map<Set<String>, List<String>> inOrder = new HashMap<>();

	AnsibleGroups() {
		group(ALL).depth = 0;
	}

	boolean contains(String name) {
		return this.groups.containsKey(name);
	}

	void add(String name) {
		group(name);
	}

	/**
	 * @return whether it could be put there: not when that leads back, and not too deep
	 * down
	 */
	boolean add(String name, String child) {
		if (name.equals(child) || child.equals(ALL) || isBelow(child, name)) {
			return false;
		}
		group(name).children.add(child);
		group(child).parents.add(name);
		return deepen(child, group(name).depth + 1);
	}

	private boolean isBelow(String above, String name) {
		Set<String> seen = new HashSet<>();
		List<String> left = new ArrayList<>(List.of(above));
		while (!left.isEmpty()) {
			String next = left.remove(left.size() - 1);
			if (next.equals(name)) {
				return true;
			}
			if (seen.add(next)) {
				left.addAll(group(next).children);
			}
		}
		return false;
	}

	private boolean deepen(String name, int depth) {
		if (depth > DEEPEST) {
			return false;
		}
		Group group = group(name);
		if (depth <= group.depth) {
			return true;
		}
		group.depth = depth;
		return group.children.stream().allMatch((child) -> deepen(child, depth + 1));
	}

	void variable(String name, String variable, AnsibleValue value) {
		group(name).variables.put(variable, value);
	}

	private Group group(String name) {
		return this.groups.computeIfAbsent(name, (key) -> new Group());
	}

	/** Those that a host is in by being in these, the one that counts most last. */
	List<String> inOrder(Set<String> own) {
		return this.inOrder.computeIfAbsent(own, this::order);
	}

	private List<String> order(Collection<String> own) {
		Set<String> all = new LinkedHashSet<>(Set.of(ALL));
		List<String> left = new ArrayList<>(own);
		while (!left.isEmpty()) {
			String next = left.remove(left.size() - 1);
			if (all.add(next)) {
				left.addAll(group(next).parents);
			}
		}
		return all.stream()
			.sorted(Comparator.comparingInt((String name) -> group(name).depth)
				.thenComparingInt(this::priority)
				.thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	private int priority(String name) {
		AnsibleValue value = group(name).variables.get("ansible_group_priority");
		String text = (value == null || value.problem() != null) ? null : value.text();
		return (text != null && text.length() <= 9 && !text.isEmpty()
				&& text.chars().allMatch((next) -> next >= '0' && next <= '9')) ? Integer.parseInt(text) : 1;
	}

	/** What counts for a host in these groups, before what is its own. */
	Map<String, AnsibleValue> variables(Set<String> own) {
		Map<String, AnsibleValue> variables = new HashMap<>();
		inOrder(own).forEach((name) -> variables.putAll(group(name).variables));
		return variables;
	}

}
