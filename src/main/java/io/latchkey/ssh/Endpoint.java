package io.latchkey.ssh;

import java.util.List;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.inventory.Node;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is and by which host keys it is known.
 *
 * @param address a host name or an IP address
 * @param port from 1 to 65535
 * @param hostKeys the pinned host keys, at least one
 * @param algorithms which it may be talked to with
 * @param hop the node through which it is reached; null when Latchkey reaches it by
 * itself
 */
public record Endpoint(String address, int port, List<HostKey> hostKeys, Algorithms algorithms, @Nullable Hop hop) {

	/**
	 * @throws IllegalArgumentException when no host key is pinned: nothing would tell the
	 * node from an impostor
	 */
	public Endpoint {
		hostKeys = List.copyOf(hostKeys);
		if (hostKeys.isEmpty()) {
			throw new IllegalArgumentException("No host key is pinned for " + address);
		}
	}

	/** With modern algorithms only, and reached without a jump. */
	public Endpoint(String address, int port, List<HostKey> hostKeys) {
		this(address, port, hostKeys, Algorithms.MODERN, null);
	}

	/**
	 * @throws IllegalArgumentException when no host key is pinned for the node
	 * @throws NodeException when a node on the way there is not enrolled
	 */
	public static Endpoint of(Node node) {
		return of(node, node.hostKeys());
	}

	/**
	 * A node that is known by other host keys than the pinned ones.
	 * @throws NodeException when a node on the way there is not enrolled
	 */
	public static Endpoint of(Node node, List<HostKey> hostKeys) {
		return new Endpoint(node.route().address(), node.route().port(), hostKeys, Algorithms.of(node),
				Hop.before(node));
	}

	/**
	 * The node through which another is reached, as by OpenSSH's {@code ProxyJump}
	 * (ssh_config(5)): Latchkey logs in there with its own key, has the connection
	 * forwarded (RFC 4254, section 7.2), and checks the host key of either.
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
			Node jump = node.route().jump();
			if (jump == null) {
				return null;
			}
			if (jump.hostKeys().isEmpty()) {
				throw new NodeException(FailureKind.NO_ROUTE,
						"%s is reached through %s, which is not enrolled".formatted(node.name(), jump.name()), null);
			}
			return new Hop(Endpoint.of(jump), jump.management().account(), jump.management().key());
		}

	}

}
