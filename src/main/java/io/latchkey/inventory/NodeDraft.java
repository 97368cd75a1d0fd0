package io.latchkey.inventory;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a node when it is added or changed; not yet checked.
 *
 * @param managementKey by which of Latchkey's own keys it lets it in; null for the one
 * that it is, which an enrolment may have found
 */
public record NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
		Map<String, String> labels, @Nullable ManagementKeyKind managementKey, Passage passage) {

	/** With modern algorithms only, and reached without a jump. */
	public NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
			Map<String, String> labels) {
		this(name, address, port, managementAccount, privilege, mode, labels, null, Passage.PLAIN);
	}

	/**
	 * What may be out of the ordinary on the way to a node.
	 *
	 * @param legacyAlgorithms whether it may be talked to with algorithms that are no
	 * longer safe
	 * @param jumpNode the name of the node by which it is reached, or null
	 */
	public record Passage(boolean legacyAlgorithms, @Nullable String jumpNode) {

		public static final Passage PLAIN = new Passage(false, null);

	}

}
