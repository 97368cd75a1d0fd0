package io.latchkey.foreignkeys;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Permission;
import io.latchkey.openssh.ExpiryTime;
import io.latchkey.openssh.KeyOption;
import io.latchkey.openssh.KeyOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign line's options come to in a grant. One that a grant cannot say is
 * refused: without it the key could do more than before.
 *
 * @param until when the line ends, or null
 */
record AdoptedOptions(GrantOptions options, @Nullable Instant until) {

	/**
	 * @throws InvalidInputException when a grant cannot say the same
	 */
	static AdoptedOptions of(KeyOptions options) {
		List<String> from = new ArrayList<>();
		Map<String, String> environment = new LinkedHashMap<>();
		Set<Permission> permit = EnumSet.noneOf(Permission.class);
		String command = null;
		Instant until = null;
		for (KeyOption option : options.options()) {
			String value = Objects.requireNonNullElse(option.value(), "");
			switch (option.name().toLowerCase(Locale.ROOT)) {
				case "from" -> from.addAll(Arrays.asList(value.split(",")));
				case "command" -> command = value;
				case "environment" -> environment.put(value.substring(0, Math.max(0, value.indexOf('='))),
						value.substring(value.indexOf('=') + 1));
				case "expiry-time" -> until = end(value);
				case "restrict", "verify-required" -> {
					// asked for below
				}
				default -> permit.add(permission(option, options));
			}
		}
		return new AdoptedOptions(new GrantOptions(from, command, options.has("restrict"), permit, environment,
				options.has("verify-required")), until);
	}

	/** In the node's own zone it would be another instant elsewhere. */
	private static Instant end(String value) {
		boolean utc = value.toUpperCase(Locale.ROOT).matches(".*(Z|UTC)");
		return ExpiryTime.parse(value, ZoneOffset.UTC)
			.filter((end) -> utc)
			.orElseThrow(() -> new InvalidInputException(Fault.of("options", "adoption.option", "expiry-time")));
	}

	private static Permission permission(KeyOption option, KeyOptions options) {
		return Arrays.stream(Permission.values())
			.filter((permission) -> option.value() == null && options.has("restrict")
					&& permission.option().equalsIgnoreCase(option.name()))
			.findFirst()
			.orElseThrow(() -> new InvalidInputException(Fault.of("options", "adoption.option", option.name())));
	}

}
