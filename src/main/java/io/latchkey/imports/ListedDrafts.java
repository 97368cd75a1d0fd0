package io.latchkey.imports;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.latchkey.core.Fault;
import io.latchkey.imports.formats.Jump;
import io.latchkey.imports.formats.ListedNode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import org.jspecify.annotations.Nullable;

/** What the nodes of a list are to be, with the defaults where the list is silent. */
class ListedDrafts {

	private static final int SSH = 22;

	private static final String ROOT = "root";

	private final ImportDefaults defaults;

	private final JumpFinder jumps;

	ListedDrafts(ImportDefaults defaults, JumpFinder jumps) {
		this.defaults = defaults;
		this.jumps = jumps;
	}

	/**
	 * @param faults to which is added what makes no sense
	 */
	NodeDraft draft(ListedNode listed, List<Fault> faults) {
		String account = Objects.requireNonNullElse(listed.management().account(), this.defaults.account());
		Privilege privilege = account.equals(ROOT) ? Privilege.ROOT : this.defaults.privilege();
		return new NodeDraft(ListedName.of(listed.name()), listed.address(),
				Objects.requireNonNullElse(listed.port(), SSH), account,
				choice(Fault.of("privilege", "node.privilege"), listed.management().privilege(), privilege, faults),
				choice(Fault.of("mode", "node.mode"), listed.management().mode(), this.defaults.mode(), faults),
				listed.labels(), null, new NodeDraft.Passage(false, jumpNode(listed, faults)));
	}

	/** Of several jumps the last one is next to the node. */
	private @Nullable String jumpNode(ListedNode listed, List<Fault> faults) {
		if (listed.jumps().isEmpty()) {
			return null;
		}
		Jump jump = last(listed.jumps());
		List<JumpFinder.Place> found = this.jumps.find(jump);
		if (found.size() != 1) {
			faults.add(Fault.of("jumpNode", found.isEmpty() ? "import.jump.unknown" : "import.jump.several",
					jump.toString()));
			return null;
		}
		return found.get(0).name();
	}

	private static Jump last(List<Jump> jumps) {
		return jumps.get(jumps.size() - 1);
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

	/** By name. */
	List<String> clustersOf(ListedNode listed) {
		Set<String> into = new TreeSet<>();
		listed.clusters().forEach((cluster) -> into.add(cluster.toLowerCase(Locale.ROOT)));
		if (this.defaults.cluster() != null) {
			into.add(this.defaults.cluster());
		}
		return List.copyOf(into);
	}

}
