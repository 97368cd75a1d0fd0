package io.latchkey.imports.formats;

import java.util.List;
import java.util.Map;

import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A node as a list names it; what the list does not say is null.
 *
 * @param line where, counted from 1
 * @param name as the list has it, which need not be a name that nodes can have
 * @param address its name where the list says no other
 * @param clusters the groups that it is in
 * @param jumps those by which it is reached, the one next to it last; none when it is
 * reached straight away
 * @param hostKeys those that the list vouches for
 */
public record ListedNode(int line, String name, String address, @Nullable Integer port, Management management,
		Map<String, String> labels, List<String> clusters, List<Jump> jumps, List<PublicKey> hostKeys) {

	/** How Latchkey manages it, by the list. */
	public record Management(@Nullable String account, @Nullable String privilege, @Nullable String mode) {

	}

	static ListedNode of(int line, String name, String address, @Nullable Integer port, @Nullable String account,
			List<String> clusters, List<Jump> jumps) {
		return new ListedNode(line, name, address, port, new Management(account, null, null), Map.of(), clusters, jumps,
				List.of());
	}

}
