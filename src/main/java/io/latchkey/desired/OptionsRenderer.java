package io.latchkey.desired;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Permission;
import io.latchkey.openssh.KeyOptions;

/**
 * Writes the options of a grant for one sshd. Where it does not know {@code restrict},
 * each restriction is named.
 */
final class OptionsRenderer {

	private OptionsRenderer() {
	}

	/**
	 * Why options cannot be written, or nothing. None such is taken any more; those that
	 * were stored before stop their own grant alone.
	 */
	static Optional<String> obstacleTo(GrantOptions options) {
		if (options.equals(GrantOptions.UNREADABLE)) {
			return Optional.of("Its options cannot be read as they are stored: revoke it and grant anew");
		}
		try {
			render(options, Dialect.CURRENT);
			return Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.of("Its options cannot be written. " + ex.getMessage());
		}
	}

	static KeyOptions render(GrantOptions options, Dialect dialect) {
		KeyOptions rendered = KeyOptions.NONE;
		if (options.restrict()) {
			rendered = restrict(rendered, options, dialect);
		}
		if (!options.from().isEmpty()) {
			rendered = rendered.with("from", String.join(",", options.from()));
		}
		if (options.command() != null) {
			rendered = rendered.with("command", options.command());
		}
		for (Map.Entry<String, String> variable : new TreeMap<>(options.environment()).entrySet()) {
			rendered = rendered.with("environment", variable.getKey() + "=" + variable.getValue());
		}
		return options.verifyRequired() ? rendered.with("verify-required", null) : rendered;
	}

	private static KeyOptions restrict(KeyOptions rendered, GrantOptions options, Dialect dialect) {
		KeyOptions result = dialect.restrict() ? rendered.with("restrict", null) : rendered;
		for (Permission permission : Permission.values()) {
			boolean permitted = options.permit().contains(permission);
			if (dialect.restrict() && permitted) {
				result = result.with(permission.option(), null);
			}
			else if (!dialect.restrict() && !permitted && dialect.names(permission)) {
				result = result.with("no-" + permission.option(), null);
			}
		}
		return result;
	}

}
