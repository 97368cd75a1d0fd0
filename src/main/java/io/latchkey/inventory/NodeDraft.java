package io.latchkey.inventory;

import java.util.Map;

/**
 * What can be said of a node when it is added or changed; not yet checked.
 *
 * @param legacyAlgorithms whether it may be talked to with algorithms that are no longer
 * safe
 */
public record NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
		Map<String, String> labels, boolean legacyAlgorithms) {

	/** With modern algorithms only. */
	public NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
			Map<String, String> labels) {
		this(name, address, port, managementAccount, privilege, mode, labels, false);
	}

}
