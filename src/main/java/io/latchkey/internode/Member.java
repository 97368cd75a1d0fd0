package io.latchkey.internode;

import java.util.List;

import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.PublicKey;

/**
 * A node of a cluster, as the others have to know it.
 *
 * @param hostKeys the pinned ones
 */
public record Member(NodeId id, String name, String address, int port, List<PublicKey> hostKeys) {

	static Member of(Node node) {
		return new Member(node.id(), node.name(), node.route().address(), node.route().port(),
				node.hostKeys().stream().map((hostKey) -> hostKey.key()).toList());
	}

}
