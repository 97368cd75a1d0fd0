package io.latchkey.conversation.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where the files of accounts stand, as the node itself named the paths in this
 * conversation: nothing is changed anywhere else.
 */
public final class ObservedPaths {

	private final Map<String, Set<String>> paths = new HashMap<>();

	public void add(String account, @Nullable String path) {
		if (path != null) {
			this.paths.computeIfAbsent(account, (each) -> new HashSet<>()).add(path);
		}
	}

	public void require(String account, String path) {
		if (!this.paths.getOrDefault(account, Set.of()).contains(path)) {
			throw new IllegalStateException("Not observed for %s: %s".formatted(account, path));
		}
	}

}
