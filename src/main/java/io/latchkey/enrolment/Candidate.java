package io.latchkey.enrolment;

import java.util.List;

import io.latchkey.inventory.FormerHostKeys;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;
import org.jspecify.annotations.Nullable;

/**
 * A node that is not enrolled yet, and how far that has come.
 *
 * @param scan what it showed of itself; null when it was not asked yet
 * @param twins the names of nodes that show, or are known by, one of its host keys: they
 * are copies of one machine, or one machine under several addresses
 * @param former by which other host keys its name or its address was known before: that
 * those which it shows are right is for an admin to say
 * @param underWay whether it is being talked to
 * @param failure why Latchkey was not let in the last time, or null
 */
public record Candidate(Node node, @Nullable HostKeyScan scan, List<String> twins, List<FormerHostKeys> former,
		boolean underWay, @Nullable String failure) {

	/** Those to be confirmed; none when some are pinned already. */
	public List<HostKey> unconfirmed() {
		return (this.scan == null || !this.node.hostKeys().isEmpty()) ? List.of() : this.scan.hostKeys();
	}

	public boolean isPinned() {
		return !this.node.hostKeys().isEmpty();
	}

}
