package io.latchkey.inventory;

import java.util.List;

import io.latchkey.core.AuditableEvent;
import io.latchkey.openssh.Fingerprint;

/**
 * Host keys were pinned for a node, in place of any before.
 */
public record HostKeysPinned(NodeId id, String name, List<Fingerprint> fingerprints,
		Occasion occasion) implements AuditableEvent {

	/** Why the keys were pinned. */
	public enum Occasion {

		/** A person compared them. */
		CONFIRMED,
		/**
		 * A person compared them, and the node was known by none of them before, but by
		 * others: it may be another machine.
		 */
		REPLACED,
		/** The node named them, known by one that was pinned before. */
		VOUCHED

	}

	@Override
	public String action() {
		return (this.occasion == Occasion.VOUCHED) ? "node.host-keys-vouched" : "node.host-keys-pinned";
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
