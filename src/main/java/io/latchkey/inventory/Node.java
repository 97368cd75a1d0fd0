package io.latchkey.inventory;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One SSH server.
 *
 * @param address a host name or an IP address
 * @param managementAccount the account with which Latchkey itself logs in
 * @param clusters the names of the clusters it is in
 * @param hostKeys the pinned ones; empty until it is enrolled
 * @param enrolled whether the management key was let in once
 * @param legacyAlgorithms whether it may be talked to with algorithms that are no longer
 * safe
 * @param managementKey by which of Latchkey's own keys it lets it in
 * @param jump the node by which it is reached, as OpenSSH's {@code ProxyJump}; null when
 * Latchkey reaches it by itself
 */
public record Node(NodeId id, String name, String address, int port, String managementAccount, Privilege privilege,
		Mode mode, Map<String, String> labels, List<String> clusters, List<HostKey> hostKeys, boolean enrolled,
		boolean legacyAlgorithms, ManagementKeyKind managementKey, @Nullable Node jump, long version) {

	private static final int SSH_PORT = 22;

	/** The name of the node by which it is reached; null when there is none. */
	public @Nullable String jumpNode() {
		return (this.jump != null) ? this.jump.name() : null;
	}

	/**
	 * The way there as {@code -J} of ssh(1) takes it, the nearest first, each without an
	 * account: that is the person's own. Null where no jump is needed.
	 */
	public @Nullable String jumps() {
		if (this.jump == null) {
			return null;
		}
		String before = this.jump.jumps();
		String host = this.jump.address.contains(":") ? "[%s]".formatted(this.jump.address) : this.jump.address;
		String port = (this.jump.port != SSH_PORT) ? ":%d".formatted(this.jump.port) : "";
		return ((before != null) ? before + "," : "") + host + port;
	}

	/** The same in another mode. */
	public Node in(Mode mode) {
		return new Node(this.id, this.name, this.address, this.port, this.managementAccount, this.privilege, mode,
				this.labels, this.clusters, this.hostKeys, this.enrolled, this.legacyAlgorithms, this.managementKey,
				this.jump, this.version);
	}

	/** The same, let in by another of Latchkey's own keys. */
	public Node by(ManagementKeyKind managementKey) {
		return new Node(this.id, this.name, this.address, this.port, this.managementAccount, this.privilege, this.mode,
				this.labels, this.clusters, this.hostKeys, this.enrolled, this.legacyAlgorithms, managementKey,
				this.jump, this.version);
	}

}
