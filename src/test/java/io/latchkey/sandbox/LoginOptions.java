package io.latchkey.sandbox;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.openssh.KeyOption;
import io.latchkey.openssh.KeyOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a line mean to a login, read as sshd reads them.
 *
 * @param command runs in place of what was asked for, or null
 * @param terminal whether a terminal is granted
 * @param environment set for the session
 * @param from from where the key is taken, or null for everywhere
 * @param expiresAt when the key stops to be taken, or null
 */
record LoginOptions(@Nullable String command, boolean terminal, Map<String, String> environment,
		@Nullable FromPatterns from, @Nullable Instant expiresAt) {

	/** A login without a key. */
	static final LoginOptions NONE = new LoginOptions(null, true, Map.of(), null, null);

	/** Those that the sandbox has nothing to do for: it forwards nothing. */
	private static final Set<String> FLAGS_WITHOUT_EFFECT = Set.of("port-forwarding", "no-port-forwarding",
			"agent-forwarding", "no-agent-forwarding", "x11-forwarding", "no-x11-forwarding", "user-rc", "no-user-rc",
			"touch-required", "no-touch-required", "verify-required", "no-verify-required");

	private static final Set<String> VALUES_WITHOUT_EFFECT = Set.of("permitopen", "permitlisten", "tunnel");

	LoginOptions {
		environment = Map.copyOf(environment);
	}

	/**
	 * Empty when there is an option that sshd does not know or cannot read: it then
	 * refuses the line.
	 */
	static Optional<LoginOptions> read(KeyOptions options, ZoneId nodeZone) {
		Reader reader = new Reader(nodeZone);
		return options.options().stream().allMatch(reader::take) ? Optional.of(reader.result()) : Optional.empty();
	}

	/** sshd counts in whole seconds, and takes the key in the last of them still. */
	boolean letIn(String address, Instant now) {
		boolean inTime = this.expiresAt == null || this.expiresAt.getEpochSecond() >= now.getEpochSecond();
		return inTime && (this.from == null || this.from.match(address));
	}

	/** Takes one option after the other; their order matters to {@code restrict}. */
	private static final class Reader {

		private final ZoneId nodeZone;

		private final Map<String, String> environment = new LinkedHashMap<>();

		private @Nullable String command;

		private boolean terminal = true;

		private @Nullable FromPatterns from;

		private @Nullable Instant expiresAt;

		Reader(ZoneId nodeZone) {
			this.nodeZone = nodeZone;
		}

		LoginOptions result() {
			return new LoginOptions(this.command, this.terminal, this.environment, this.from, this.expiresAt);
		}

		boolean take(KeyOption option) {
			String name = option.name().toLowerCase(Locale.ROOT);
			String value = option.value();
			return (value != null) ? takeValue(name, value) : takeFlag(name);
		}

		private boolean takeFlag(String name) {
			switch (name) {
				case "restrict", "no-pty" -> this.terminal = false;
				case "pty" -> this.terminal = true;
				default -> {
					return FLAGS_WITHOUT_EFFECT.contains(name);
				}
			}
			return true;
		}

		private boolean takeValue(String name, String value) {
			return switch (name) {
				case "command" -> takeCommand(value);
				case "from" -> takeFrom(value);
				case "expiry-time" -> takeExpiry(value);
				case "environment" -> takeEnvironment(value);
				default -> VALUES_WITHOUT_EFFECT.contains(name);
			};
		}

		private boolean takeCommand(String value) {
			boolean first = this.command == null;
			this.command = value;
			return first;
		}

		private boolean takeFrom(String value) {
			boolean first = this.from == null;
			this.from = FromPatterns.parse(value);
			return first;
		}

		private boolean takeExpiry(String value) {
			Optional<Instant> time = ExpiryTime.parse(value, this.nodeZone);
			time.filter((each) -> this.expiresAt == null || each.isBefore(this.expiresAt))
				.ifPresent((each) -> this.expiresAt = each);
			return time.isPresent();
		}

		private boolean takeEnvironment(String value) {
			String[] parts = value.split("=", 2);
			if (parts.length < 2 || !parts[0].matches("[A-Za-z0-9_]+")) {
				return false;
			}
			this.environment.putIfAbsent(parts[0], parts[1]);
			return true;
		}

	}

}
