package io.latchkey.ssh;

import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import org.jspecify.annotations.Nullable;

/**
 * The node through which another is reached, as by OpenSSH's {@code ProxyJump}
 * (ssh_config(5)): Latchkey logs in there with its own key, has the connection forwarded
 * (RFC 4254, section 7.2), and checks the host key of either.
 *
 * @param account with which to log in there
 * @param managementKey by which of Latchkey's own keys it lets it in
 */
public record Hop(Endpoint endpoint, String account, ManagementKeyKind managementKey) {

	/**
	 * The hop that lies before a node; null when it is reached without.
	 * @throws NodeException when the jump node, or one before it, is not enrolled
	 */
	public static @Nullable Hop before(Node node) {
		Node jump = node.jump();
		if (jump == null) {
			return null;
		}
		if (jump.hostKeys().isEmpty()) {
			throw new NodeException(FailureKind.NO_ROUTE,
					"%s is reached through %s, which is not enrolled".formatted(node.name(), jump.name()), null);
		}
		return new Hop(Endpoint.of(jump), jump.managementAccount(), jump.managementKey());
	}

}
