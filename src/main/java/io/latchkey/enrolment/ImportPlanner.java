package io.latchkey.enrolment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.Names;
import io.latchkey.enrolment.ImportPlan.Outcome;
import io.latchkey.enrolment.ImportPlan.PlannedNode;
import io.latchkey.enrolment.ImportPlan.Remark;
import io.latchkey.enrolment.imports.ListedNode;
import io.latchkey.enrolment.imports.ListedNodes;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/**
 * Compares a list with the nodes that there are, and says of each line what comes of it.
 */
class ImportPlanner {

	private static final int SSH = 22;

	private static final String ROOT = "root";

	private final Map<String, Node> existing;

	/** The names of the nodes that there are by their places. */
	private final Map<Place, String> places = new HashMap<>();

	private final Set<String> clusters;

	private final ImportDefaults defaults;

	private final List<Remark> wrong = new ArrayList<>();

	private final Map<String, PlannedNode> planned = new LinkedHashMap<>();

	/** Where a node is; behind another jump node the same address is another. */
	private record Place(String address, int port, @Nullable String jumpNode) {

	}

	ImportPlanner(List<Node> existing, Set<String> clusters, ImportDefaults defaults) {
		this.existing = existing.stream().collect(Collectors.toMap(Node::name, (node) -> node));
		existing.forEach((node) -> this.places.put(placeOf(node), node.name()));
		this.clusters = clusters;
		this.defaults = defaults;
	}

	ImportPlan plan(ImportFormat format, ListedNodes listed) {
		listed.wrong().forEach((each) -> this.wrong.add(new Remark(each.line(), each.fault())));
		listed.nodes().forEach(this::plan);
		dropUnreachable();
		Set<String> made = this.planned.values()
			.stream()
			.flatMap((node) -> node.clusters().stream())
			.filter((cluster) -> !this.clusters.contains(cluster))
			.collect(Collectors.toCollection(TreeSet::new));
		this.wrong.sort(Comparator.comparingInt(Remark::line));
		return new ImportPlan(format, List.copyOf(this.planned.values()), List.copyOf(this.wrong),
				listed.passedOver().stream().map((each) -> new Remark(each.line(), each.fault())).toList(), made);
	}

	private void plan(ListedNode listed) {
		List<Fault> faults = new ArrayList<>();
		NodeDraft draft = draft(listed, faults);
		try {
			Nodes.check(draft);
		}
		catch (InvalidInputException ex) {
			faults.addAll(ex.faults());
		}
		List<String> into = clustersOf(listed);
		into.forEach((cluster) -> Names.fault("clusters", cluster)
			.ifPresent((fault) -> faults.add(Fault.of("clusters", "import.cluster", cluster))));
		PlannedNode before = this.planned.get(draft.name());
		if (before != null) {
			faults.add(Fault.of("name", "import.duplicate.name", draft.name(), Integer.toString(before.line())));
		}
		String other = this.places.get(placeOf(draft));
		if (other != null && !other.equals(draft.name())) {
			faults.add(Fault.of("address", "import.duplicate.address", draft.address(), Integer.toString(draft.port()),
					other));
		}
		Node node = this.existing.get(draft.name());
		if (node != null && !placeOf(node).equals(placeOf(draft))) {
			faults.add(Fault.of("name", "import.other-address", node.name(), node.address(),
					Integer.toString(node.port())));
		}
		if (!faults.isEmpty()) {
			faults.forEach((fault) -> this.wrong.add(new Remark(listed.line(), fault)));
			return;
		}
		this.places.put(placeOf(draft), draft.name());
		this.planned.put(draft.name(),
				new PlannedNode(listed.line(), draft, into, hostKeys(listed), outcome(node, into)));
	}

	private static Outcome outcome(@Nullable Node node, List<String> into) {
		if (node == null) {
			return Outcome.NEW;
		}
		return node.clusters().containsAll(into) ? Outcome.EXISTS : Outcome.JOINS;
	}

	private NodeDraft draft(ListedNode listed, List<Fault> faults) {
		String account = Objects.requireNonNullElse(listed.account(), this.defaults.account());
		Privilege privilege = account.equals(ROOT) ? Privilege.ROOT : this.defaults.privilege();
		return new NodeDraft(listed.name().toLowerCase(Locale.ROOT), listed.address(),
				Objects.requireNonNullElse(listed.port(), SSH), account,
				choice(Fault.of("privilege", "node.privilege"), listed.privilege(), privilege, faults),
				choice(Fault.of("mode", "node.mode"), listed.mode(), this.defaults.mode(), faults), listed.labels(),
				false, (listed.jumpNode() != null) ? listed.jumpNode().toLowerCase(Locale.ROOT) : null);
	}

	private static <E extends Enum<E>> E choice(Fault unknown, @Nullable String text, E byDefault, List<Fault> faults) {
		if (text == null) {
			return byDefault;
		}
		try {
			return Enum.valueOf(byDefault.getDeclaringClass(), text.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			faults.add(unknown);
			return byDefault;
		}
	}

	private List<String> clustersOf(ListedNode listed) {
		Set<String> into = new TreeSet<>();
		listed.clusters().forEach((cluster) -> into.add(cluster.toLowerCase(Locale.ROOT)));
		if (this.defaults.cluster() != null) {
			into.add(this.defaults.cluster());
		}
		return List.copyOf(into);
	}

	private static List<HostKey> hostKeys(ListedNode listed) {
		return listed.hostKeys().stream().distinct().map(HostKey::new).toList();
	}

	/** Of the others there would be no way to any. */
	private void dropUnreachable() {
		Set<String> reached = new HashSet<>(this.existing.keySet());
		Set<PlannedNode> left = new LinkedHashSet<>(this.planned.values());
		List<PlannedNode> next = left.stream().filter((node) -> isReached(node, reached)).toList();
		while (!next.isEmpty()) {
			next.forEach((node) -> reached.add(node.draft().name()));
			next.forEach(left::remove);
			next = left.stream().filter((node) -> isReached(node, reached)).toList();
		}
		left.forEach((node) -> {
			this.planned.remove(node.draft().name());
			this.wrong.add(new Remark(node.line(),
					Fault.of("jumpNode", "import.jump.unknown", String.valueOf(node.draft().jumpNode()))));
		});
	}

	private static boolean isReached(PlannedNode node, Set<String> reached) {
		return node.draft().jumpNode() == null || reached.contains(node.draft().jumpNode());
	}

	private static Place placeOf(Node node) {
		return new Place(node.address(), node.port(), node.jumpNode());
	}

	private static Place placeOf(NodeDraft draft) {
		return new Place(draft.address(), draft.port(), draft.jumpNode());
	}

}
