package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * Host keys were pinned for a node, in place of any before.
 *
 * @param replaced whether it was known by none of them before, and by others: it may be
 * another machine
 */
public record HostKeysPinned(NodeId id, String name, List<Fingerprint> fingerprints,
		boolean replaced) implements AuditableEvent {

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
