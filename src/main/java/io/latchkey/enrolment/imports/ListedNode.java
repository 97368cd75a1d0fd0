package io.latchkey.enrolment.imports;

import java.util.List;
import java.util.Map;

import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A node as a list names it; what the list does not say is null.
 *
 * @param line where, counted from 1
 * @param address its name where the list says no other
 * @param clusters the groups that it is in
 * @param jumpNode the name of the node by which it is reached
 * @param hostKeys those that the list vouches for
 */
public record ListedNode(int line, String name, String address, @Nullable Integer port, @Nullable String account,
		@Nullable String privilege, @Nullable String mode, Map<String, String> labels, List<String> clusters,
		@Nullable String jumpNode, List<PublicKey> hostKeys) {

	static ListedNode of(int line, String name, String address, @Nullable Integer port, @Nullable String account,
			List<String> clusters, @Nullable String jumpNode) {
		return new ListedNode(line, name, address, port, account, null, null, Map.of(), clusters, jumpNode, List.of());
	}

}
