package io.latchkey.pages;

import java.util.List;

import io.latchkey.delivery.WayOnNodes;

import org.springframework.ui.Model;

/**
 * What lets in all the same, as it is shown on a question and on a page.
 *
 * @param more how many are not shown
 */
public record WaysView(List<Row> rows, int more) {

	private static final String ATTRIBUTE = "ways";

	private static final int MOST = 20;

	private static final int MOST_NODES = 5;

	/**
	 * One of them.
	 *
	 * @param nodes the first of the nodes to which it leads
	 * @param moreNodes how many are not among them
	 */
	public record Row(WayOnNodes way, List<String> nodes, int moreNodes) {

		static Row of(WayOnNodes way) {
			List<String> first = way.nodes().stream().limit(MOST_NODES).toList();
			return new Row(way, first, way.nodes().size() - first.size());
		}

	}

	/** Puts them on the page; nothing when there is none. */
	public static void show(List<WayOnNodes> ways, Model model) {
		if (!ways.isEmpty()) {
			List<Row> rows = ways.stream().limit(MOST).map(Row::of).toList();
			model.addAttribute(ATTRIBUTE, new WaysView(rows, ways.size() - rows.size()));
		}
	}

}
