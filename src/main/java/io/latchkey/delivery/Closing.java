package io.latchkey.delivery;

import java.util.List;
import java.util.Set;

import io.latchkey.desired.RemovalPreview;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.ForeignLine;

/**
 * What it takes so that a grant, and everything beside it, lets nobody in any more whom
 * the grant was for, on the account and the nodes that it reaches or reached; or so that
 * some grants are revoked, and nothing beside them.
 *
 * @param revoked the grants that are revoked, by id: the one itself, if it is open, and
 * others of the same people or the same team; or those that were chosen and are open
 * @param left who is taken out of which team
 * @param foreign the lines that Latchkey did not write and that are taken off
 * @param nodes all on which something changes
 * @param preview the lines that go, those on other nodes and accounts among them
 */
public record Closing(List<Grant> revoked, List<Membership> left, List<ForeignLine> foreign, Set<NodeId> nodes,
		RemovalPreview preview) {

	/**
	 * Somebody in a team, by name.
	 */
	public record Membership(String team, String identity) {

	}

}
