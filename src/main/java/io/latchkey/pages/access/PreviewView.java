package io.latchkey.pages.access;

import java.util.List;

import io.latchkey.reconcile.GrantPreview;

/**
 * What a grant would change, as the page shows it.
 *
 * @param added how many lines come
 * @param removed how many go
 * @param more how many nodes are not shown
 * @param lines the lines, when they are the same on every node
 */
record PreviewView(int added, int removed, int nodes, List<GrantPreview.NodeChange> changes, int more,
		List<String> lines) {

	private static final int MOST_SHOWN = 20;

	static PreviewView of(GrantPreview preview) {
		List<GrantPreview.NodeChange> nodes = preview.nodes();
		int added = nodes.stream().mapToInt((node) -> node.add().size()).sum();
		int removed = nodes.stream().mapToInt((node) -> node.remove().size()).sum();
		List<List<String>> different = nodes.stream().map(GrantPreview.NodeChange::add).distinct().toList();
		return new PreviewView(added, removed, nodes.size(), nodes.stream().limit(MOST_SHOWN).toList(),
				Math.max(0, nodes.size() - MOST_SHOWN), (different.size() == 1) ? different.get(0) : List.of());
	}

}
