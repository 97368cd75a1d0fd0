package io.latchkey.pages.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.removal.GrantPreview;
import org.jspecify.annotations.Nullable;

/**
 * What a grant would change, as the page shows it.
 *
 * @param added how many lines come; none does where the account is not there
 * @param removed how many go
 * @param more how many nodes are not shown
 * @param lines the lines, when they are the same on every node
 * @param unchanged why none comes, where none does
 * @param held how many nodes nothing is written on, by why
 * @param without the nodes on which the account is known not to be there
 */
record PreviewView(int added, int removed, int nodes, List<GrantPreview.NodeChange> changes, int more,
		List<String> lines, List<Unchanged> unchanged, Map<GrantPreview.Held, Integer> held, Without without) {

	private static final int MOST_SHOWN = 20;

	private static final int MOST_REASONS = 5;

	private static final int MOST_GRANTS = 5;

	/**
	 * Why no line comes.
	 *
	 * @param nodes on how many nodes
	 * @param grants the first of those by which the lines are there already
	 */
	record Unchanged(GrantPreview.Unchanged why, int nodes, List<Long> grants, int moreGrants,
			@Nullable String detail) {

	}

	/**
	 * Nodes, the first of them by name.
	 *
	 * @param more how many more there are
	 */
	record Without(List<String> nodes, int more) {
	}

	static PreviewView of(GrantPreview preview) {
		List<GrantPreview.NodeChange> nodes = preview.nodes();
		int added = nodes.stream().filter((node) -> !node.accountMissing()).mapToInt((node) -> node.add().size()).sum();
		int removed = nodes.stream().mapToInt((node) -> node.remove().size()).sum();
		List<List<String>> different = nodes.stream().map(GrantPreview.NodeChange::add).distinct().toList();
		Map<GrantPreview.Held, Integer> held = new LinkedHashMap<>();
		nodes.forEach((node) -> {
			if (node.held() != null) {
				held.merge(node.held(), 1, Integer::sum);
			}
		});
		List<String> without = nodes.stream()
			.filter(GrantPreview.NodeChange::accountMissing)
			.map(GrantPreview.NodeChange::node)
			.toList();
		return new PreviewView(added, removed, nodes.size(), nodes.stream().limit(MOST_SHOWN).toList(),
				Math.max(0, nodes.size() - MOST_SHOWN), (different.size() == 1) ? different.get(0) : List.of(),
				unchanged(nodes), held,
				new Without(without.stream().limit(MOST_REASONS).toList(), Math.max(0, without.size() - MOST_REASONS)));
	}

	private static List<Unchanged> unchanged(List<GrantPreview.NodeChange> nodes) {
		record Case(GrantPreview.Unchanged why, List<Long> grants, @Nullable String detail) {
		}
		Map<Case, Integer> cases = new LinkedHashMap<>();
		for (GrantPreview.NodeChange node : nodes) {
			if (node.unchanged() != null) {
				cases.merge(new Case(node.unchanged(), node.grants(), node.detail()), 1, Integer::sum);
			}
		}
		List<Unchanged> unchanged = new ArrayList<>();
		cases.forEach((each, count) -> unchanged
			.add(new Unchanged(each.why(), count, each.grants().stream().limit(MOST_GRANTS).toList(),
					Math.max(0, each.grants().size() - MOST_GRANTS), each.detail())));
		return unchanged.stream().limit(MOST_REASONS).toList();
	}

}
