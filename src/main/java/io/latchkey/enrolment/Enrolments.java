package io.latchkey.enrolment;

import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Node;
import java.util.List;

/**
 * Brings nodes under management.
 */
public class Enrolments {

	/**
	 * Asks the node for its host keys. Throws NodeException when it cannot be asked.
	 */
	public List<HostKey> hostKeysOf(String node) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Confirms the host key, lets the management key in, tries it, pins and marks the
	 * node as enrolled. Throws HostKeyUnconfirmedException; NodeException, which says
	 * what failed.
	 */
	public Node enrol(String node, Enrolment enrolment) {
		throw new UnsupportedOperationException();
	}

}
