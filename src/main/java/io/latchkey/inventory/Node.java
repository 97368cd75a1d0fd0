package io.latchkey.inventory;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One SSH server.
 *
 * @param clusters the names of the clusters it is in
 * @param hostKeys the pinned ones; empty until it is enrolled
 * @param enrolled whether the management key was let in once
 */
public record Node(NodeId id, String name, Route route, Management management, Map<String, String> labels,
		List<String> clusters, List<HostKey> hostKeys, boolean enrolled, long version) {

	/**
	 * How a node is reached.
	 *
	 * @param address a host name or an IP address
	 * @param legacyAlgorithms whether it may be talked to with algorithms that are no
	 * longer safe
	 * @param jump the node by which it is reached, as OpenSSH's {@code ProxyJump}; null
	 * when Latchkey reaches it by itself
	 */
	public record Route(String address, int port, boolean legacyAlgorithms, @Nullable Node jump) {

		private static final int SSH_PORT = 22;

		/** The name of the node by which it is reached; null when there is none. */
		public @Nullable String jumpNode() {
			return (this.jump != null) ? this.jump.name() : null;
		}

		/**
		 * The way there as {@code -J} of ssh(1) takes it, the nearest first, each without
		 * an account: that is the person's own. Null where no jump is needed.
		 */
		public @Nullable String jumps() {
			if (this.jump == null) {
				return null;
			}
			Route last = this.jump.route();
			String before = last.jumps();
			String host = last.address.contains(":") ? "[%s]".formatted(last.address) : last.address;
			String end = (last.port != SSH_PORT) ? ":%d".formatted(last.port) : "";
			return ((before != null) ? before + "," : "") + host + end;
		}

	}

	/**
	 * How Latchkey manages a node.
	 *
	 * @param account with which Latchkey itself logs in
	 * @param key by which of Latchkey's own keys it lets it in
	 */
	public record Management(String account, Privilege privilege, Mode mode, ManagementKeyKind key) {

		Management in(Mode mode) {
			return new Management(this.account, this.privilege, mode, this.key);
		}

		Management by(ManagementKeyKind key) {
			return new Management(this.account, this.privilege, this.mode, key);
		}

	}

	/** The same in another mode. */
	public Node in(Mode mode) {
		return managed(this.management.in(mode));
	}

	/** The same, let in by another of Latchkey's own keys. */
	public Node by(ManagementKeyKind managementKey) {
		return managed(this.management.by(managementKey));
	}

	private Node managed(Management management) {
		return new Node(this.id, this.name, this.route, management, this.labels, this.clusters, this.hostKeys,
				this.enrolled, this.version);
	}

}
