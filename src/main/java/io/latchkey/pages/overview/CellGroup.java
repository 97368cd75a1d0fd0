package io.latchkey.pages.overview;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.latchkey.nodestate.NodeState;

/**
 * The nodes of a cluster in the grid.
 *
 * @param cluster its name; empty for those in none
 * @param counts how many are in which state, but for those in sync
 * @param cells all of its nodes, or none where they are too many to show at once
 */
record CellGroup(String cluster, int nodes, Map<NodeState, Long> counts, List<Cell> cells) {

	private static final int MOST_CELLS = 400;

	static CellGroup of(String cluster, List<Cell> cells) {
		Map<NodeState, Long> counts = new EnumMap<>(NodeState.class);
		cells.forEach((cell) -> counts.merge(cell.state(), 1L, Long::sum));
		return new CellGroup(cluster, cells.size(), counts, (cells.size() <= MOST_CELLS) ? cells : List.of());
	}

}
