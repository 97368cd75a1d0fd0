package io.latchkey.grants;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What narrows a grant (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 *
 * @param from addresses and networks from which the key is taken; empty for all
 * @param command the only command that runs, or null
 * @param restrict whether everything is forbidden that is not permitted
 * @param permit what stays permitted under {@code restrict}
 * @param environment set for the session
 * @param verifyRequired whether a security key has to verify its user
 */
public record GrantOptions(List<String> from, @Nullable String command, boolean restrict, Set<Permission> permit,
		Map<String, String> environment, boolean verifyRequired) {

	/** Nothing narrowed. */
	public static final GrantOptions NONE = new GrantOptions(List.of(), null, false, Set.of(), Map.of(), false);

}
