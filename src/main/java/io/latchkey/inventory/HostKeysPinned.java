package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * Host keys were pinned for a node, in place of any before.
 */
public record HostKeysPinned(NodeId id, String name, List<Fingerprint> fingerprints) implements AuditableEvent {

	@Override
	public String action() {
		return "node.host-keys-pinned";
	}

	@Override
	public String subject() {
		return "node:" + this.name;
	}

	@Override
	public String detail() {
		return String.join(", ", this.fingerprints.stream().map(Fingerprint::toString).toList());
	}

}
