package io.latchkey.enrolment;

import java.util.List;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;

/**
 * The host keys that are pinned for a node beside those that it shows now.
 */
public record HostKeyComparison(Node node, List<HostKey> shown) {

	public boolean isPinned(HostKey key) {
		return this.node.hostKeys().contains(key);
	}

	/** Those that are pinned and not shown any more. */
	public List<HostKey> gone() {
		return this.node.hostKeys().stream().filter((key) -> !this.shown.contains(key)).toList();
	}

	/** Those that are shown and not pinned. */
	public List<HostKey> fresh() {
		return this.shown.stream().filter((key) -> !isPinned(key)).toList();
	}

	/** Whether none of the pinned ones is shown: the node's work has stopped. */
	public boolean isChanged() {
		return !this.node.hostKeys().isEmpty() && this.shown.stream().noneMatch(this::isPinned);
	}

}
