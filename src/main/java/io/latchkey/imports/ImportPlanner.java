package io.latchkey.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.core.Fault;
import io.latchkey.core.Names;
import io.latchkey.imports.ImportPlan.Outcome;
import io.latchkey.imports.ImportPlan.PlannedNode;
import io.latchkey.imports.ImportPlan.Remark;
import io.latchkey.imports.formats.Deadline;
import io.latchkey.imports.formats.Jump;
import io.latchkey.imports.formats.ListedNode;
import io.latchkey.imports.formats.ListedNodes;
import io.latchkey.inventory.FormerHostKeys;
import io.latchkey.inventory.FormerPins;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import org.jspecify.annotations.Nullable;

/**
 * Compares a list with the nodes that there are, and says of each line what comes of it.
 */
class ImportPlanner {

	private final Map<String, Node> existing;

	/** The names of the nodes that there are by their places. */
	private final Map<Place, String> places = new HashMap<>();

	private final FormerPins former;

	private final Set<String> clusters;

	private final ImportDefaults defaults;

	private final List<Remark> wrong = new ArrayList<>();

	private final List<Remark> passedOver = new ArrayList<>();

	private final Map<String, PlannedNode> planned = new LinkedHashMap<>();

	private final Deadline deadline;

	private JumpFinder jumps = new JumpFinder(List.of(), List.of());

	private ListedDrafts drafts;

	/** Where a node is; behind another jump node the same address is another. */
	private record Place(String address, int port, @Nullable String jumpNode) {

	}

	/**
	 * @param former of whom no other host keys are taken from the list
	 */
	ImportPlanner(List<Node> existing, FormerPins former, Set<String> clusters, ImportDefaults defaults,
			Deadline deadline) {
		this.existing = existing.stream().collect(Collectors.toMap(Node::name, (node) -> node));
		existing.forEach((node) -> this.places.put(placeOf(node), node.name()));
		this.former = former;
		this.clusters = clusters;
		this.defaults = defaults;
		this.drafts = new ListedDrafts(defaults, this.jumps);
		this.deadline = deadline;
	}

	ImportPlan plan(ImportFormat format, ListedNodes listed) {
		listed.wrong().forEach((each) -> this.wrong.add(new Remark(each.line(), each.fault())));
		listed.passedOver().forEach((each) -> this.passedOver.add(new Remark(each.line(), each.fault())));
		List<ListedNode> nodes = listed.nodes();
		this.jumps = new JumpFinder(this.existing.values(), nodes);
		this.drafts = new ListedDrafts(this.defaults, this.jumps);
		nodes.forEach(this::plan);
		dropUnreachable();
		nodes.forEach(this::sayWhereTheWayIsAnother);
		Set<String> made = this.planned.values()
			.stream()
			.flatMap((node) -> node.clusters().stream())
			.filter((cluster) -> !this.clusters.contains(cluster))
			.collect(Collectors.toCollection(TreeSet::new));
		this.wrong.sort(Comparator.comparingInt(Remark::line));
		this.passedOver.sort(Comparator.comparingInt(Remark::line));
		return new ImportPlan(format, List.copyOf(this.planned.values()), List.copyOf(this.wrong),
				List.copyOf(this.passedOver), made);
	}

	private void plan(ListedNode listed) {
		this.deadline.check();
		List<Fault> faults = new ArrayList<>();
		NodeDraft draft = this.drafts.draft(listed, faults);
		List<String> into = this.drafts.clustersOf(listed);
		faults.addAll(Nodes.faults(draft));
		into.forEach((cluster) -> Names.fault("clusters", cluster)
			.ifPresent((fault) -> faults.add(Fault.of("clusters", "import.cluster", cluster))));
		faults.addAll(conflicts(draft));
		if (!faults.isEmpty()) {
			faults.forEach((fault) -> this.wrong.add(new Remark(listed.line(), fault)));
			return;
		}
		this.places.put(placeOf(draft), draft.name());
		this.planned.put(draft.name(), new PlannedNode(listed.line(), draft, into, hostKeys(listed, draft),
				outcome(this.existing.get(draft.name()), into)));
		if (!draft.name().equals(listed.name().toLowerCase(Locale.ROOT))) {
			passOver(listed, "import.named", listed.name(), draft.name());
		}
	}

	/** With the lines before it, and with the nodes that there are. */
	private List<Fault> conflicts(NodeDraft draft) {
		List<Fault> conflicts = new ArrayList<>();
		PlannedNode before = this.planned.get(draft.name());
		if (before != null) {
			conflicts.add(Fault.of("name", "import.duplicate.name", draft.name(), Integer.toString(before.line())));
		}
		String other = this.places.get(placeOf(draft));
		if (other != null && !other.equals(draft.name())) {
			conflicts.add(Fault.of("address", "import.duplicate.address", draft.address(),
					Integer.toString(draft.port()), other));
		}
		Node node = this.existing.get(draft.name());
		if (node != null && !placeOf(node).equals(placeOf(draft))) {
			conflicts.add(Fault.of("name", "import.other-address", node.name(), node.route().address(),
					Integer.toString(node.route().port())));
		}
		return conflicts;
	}

	private void passOver(ListedNode listed, String code, Object... arguments) {
		this.passedOver.add(new Remark(listed.line(), Fault.of("text", code, arguments)));
	}

	private static Outcome outcome(@Nullable Node node, List<String> into) {
		if (node == null) {
			return Outcome.NEW;
		}
		return node.clusters().containsAll(into) ? Outcome.EXISTS : Outcome.JOINS;
	}

	/**
	 * A jump node is reached as its own line says, whatever another line says of the way
	 * to it.
	 */
	private void sayWhereTheWayIsAnother(ListedNode listed) {
		PlannedNode node = this.planned.get(ListedName.of(listed.name()));
		if (node == null || node.line() != listed.line() || node.draft().passage().jumpNode() == null) {
			return;
		}
		List<Jump> before = listed.jumps();
		String next = node.draft().passage().jumpNode();
		for (int i = before.size() - 1; i >= 0 && next != null; i--) {
			Jump jump = before.get(i);
			Place place = placeOf(next);
			if (jump.port() != null && place != null && jump.port() != place.port()) {
				passOver(listed, "import.jump.port", next, Integer.toString(place.port()),
						Integer.toString(jump.port()));
			}
			String further = (place != null) ? place.jumpNode() : null;
			if (i > 0 && !leadsOverOnly(before.get(i - 1), further)) {
				passOver(listed, "import.jump.way", next, (further != null) ? further : "-",
						before.get(i - 1).toString());
				return;
			}
			next = further;
		}
	}

	private boolean leadsOverOnly(Jump jump, @Nullable String node) {
		return node != null
				&& this.jumps.find(jump).stream().map(JumpFinder.Place::name).toList().equals(List.of(node));
	}

	private @Nullable Place placeOf(String name) {
		PlannedNode node = this.planned.get(name);
		Node there = this.existing.get(name);
		if (node != null) {
			return placeOf(node.draft());
		}
		return (there != null) ? placeOf(there) : null;
	}

	/** None where the name or the address was known by others: an admin compares them. */
	private List<HostKey> hostKeys(ListedNode listed, NodeDraft draft) {
		List<HostKey> keys = listed.hostKeys().stream().distinct().map(HostKey::new).toList();
		if (keys.isEmpty()) {
			return keys;
		}
		List<FormerHostKeys> others = this.former.othersOfUnproved(draft.name(), draft.address(), draft.port(), keys);
		others.forEach((each) -> passOver(listed, "import.former-host-keys", each.name(), each.place(),
				Integer.toString(each.port()), each.told()));
		return others.isEmpty() ? keys : List.of();
	}

	private void dropUnreachable() {
		new JumpCounts(this.existing).withoutWay(this.planned.values()).forEach((node) -> {
			this.planned.remove(node.draft().name());
			this.wrong.add(new Remark(node.line(), Fault.of("jumpNode", "import.jump.unreachable",
					String.valueOf(node.draft().passage().jumpNode()), Nodes.MOST_JUMPS)));
		});
	}

	private static Place placeOf(Node node) {
		return new Place(node.route().address(), node.route().port(), node.route().jumpNode());
	}

	private static Place placeOf(NodeDraft draft) {
		return new Place(draft.address(), draft.port(), draft.passage().jumpNode());
	}

}
