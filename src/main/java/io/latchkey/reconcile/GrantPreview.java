package io.latchkey.reconcile;

import java.util.List;

/**
 * What a grant would change, if it were issued now.
 *
 * @param nodes every account on every node that it reaches, those without a change too
 */
public record GrantPreview(List<NodeChange> nodes) {

	/**
	 * The lines that would come and go.
	 *
	 * @param node the node's name
	 */
	public record NodeChange(String node, String account, List<String> add, List<String> remove) {

	}

}
