package io.latchkey.grants;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

	/**
	 * Stands for options that cannot be read as they are stored. Nobody can ask for the
	 * same, and it would let nobody in.
	 */
	public static final GrantOptions UNREADABLE = new GrantOptions(List.of("!*", "(unreadable)"), null, true, Set.of(),
			Map.of(), false);

	/**
	 * @throws NullPointerException when anything but the command is null
	 */
	public GrantOptions {
		from = List.copyOf(from);
		permit = Set.copyOf(permit);
		environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
		environment.forEach((name, value) -> {
			Objects.requireNonNull(name);
			Objects.requireNonNull(value);
		});
	}

}
