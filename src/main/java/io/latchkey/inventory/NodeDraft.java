package io.latchkey.inventory;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a node when it is added or changed; not yet checked.
 *
 * @param legacyAlgorithms whether it may be talked to with algorithms that are no longer
 * safe
 * @param managementKey by which of Latchkey's own keys it lets it in; null for the one
 * that it is, which an enrolment may have found
 * @param jumpNode the name of the node by which it is reached, or null
 */
public record NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
		Map<String, String> labels, boolean legacyAlgorithms, @Nullable ManagementKeyKind managementKey,
		@Nullable String jumpNode) {

	/** Let in by the key that it is. */
	public NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
			Map<String, String> labels, boolean legacyAlgorithms, @Nullable String jumpNode) {
		this(name, address, port, managementAccount, privilege, mode, labels, legacyAlgorithms, null, jumpNode);
	}

	/** With modern algorithms only, and reached without a jump. */
	public NodeDraft(String name, String address, int port, String managementAccount, Privilege privilege, Mode mode,
			Map<String, String> labels) {
		this(name, address, port, managementAccount, privilege, mode, labels, false, null);
	}

}
