package io.latchkey.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files the node's sshd reads for each account, and which accounts cannot log in
 * all the same.
 *
 * @param patterns for each account that was asked for the patterns of
 * {@code AuthorizedKeysFile} in sshd's order, as {@link AccountQuery} takes them; none
 * when sshd reads no file for it
 * @param strictModes whether sshd heeds owners and modes ({@code StrictModes})
 * @param obstacles why logins fail whatever the key, for those accounts of which the node
 * can tell
 */
public record KeyFiles(Map<String, List<String>> patterns, boolean strictModes, Map<String, LoginObstacle> obstacles) {

	public KeyFiles {
		Map<String, List<String>> copy = new LinkedHashMap<>();
		patterns.forEach((account, files) -> copy.put(account, List.copyOf(files)));
		patterns = Collections.unmodifiableMap(copy);
		obstacles = Map.copyOf(obstacles);
	}

	/** In sshd's order; empty when sshd reads none for the account. */
	public List<String> of(String account) {
		return this.patterns.getOrDefault(account, List.of());
	}

}
