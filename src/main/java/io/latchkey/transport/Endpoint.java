package io.latchkey.transport;

import java.util.List;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;

/**
 * Where a node is and by which host keys it is known.
 *
 * @param address a host name or an IP address
 * @param port from 1 to 65535
 * @param hostKeys the pinned host keys, at least one
 * @param algorithms which it may be talked to with
 */
public record Endpoint(String address, int port, List<HostKey> hostKeys, Algorithms algorithms) {

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

	/** With modern algorithms only. */
	public Endpoint(String address, int port, List<HostKey> hostKeys) {
		this(address, port, hostKeys, Algorithms.MODERN);
	}

	/**
	 * @throws IllegalArgumentException when no host key is pinned for the node
	 */
	public static Endpoint of(Node node) {
		return new Endpoint(node.address(), node.port(), node.hostKeys(), Algorithms.of(node));
	}

}
