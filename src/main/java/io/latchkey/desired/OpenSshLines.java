package io.latchkey.desired;

import java.util.Locale;
import java.util.Set;

import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.ExpiryTime;
import io.latchkey.openssh.KeyOptions.KeyOption;
import org.jspecify.annotations.Nullable;

/**
 * Which lines OpenSSH's sshd refuses whatever key is shown: those with an option that it
 * does not know, or with an end that it cannot read (auth-options.c; release notes 7.2,
 * 7.7, 8.2, 9.1).
 */
final class OpenSshLines {

	private static final String EXPIRY_TIME = "expiry-time";

	private static final Set<String> ALWAYS = Set.of("cert-authority", "command", "environment", "from",
			"no-agent-forwarding", "no-port-forwarding", "no-pty", "no-user-rc", "no-x11-forwarding", "permitopen",
			"principals", "tunnel");

	private static final Set<String> WITH_RESTRICT = Set.of("restrict", "agent-forwarding", "port-forwarding", "pty",
			"user-rc", "x11-forwarding");

	private static final Set<String> WITH_EXPIRY_TIME = Set.of(EXPIRY_TIME, "permitlisten");

	private static final Set<String> WITH_VERIFY_REQUIRED = Set.of("verify-required", "touch-required",
			"no-touch-required");

	private OpenSshLines() {
	}

	static boolean isTaken(KeyLine line, Dialect dialect) {
		return line.options().options().stream().allMatch((option) -> isKnown(option, dialect));
	}

	private static boolean isKnown(KeyOption option, Dialect dialect) {
		String name = option.name().toLowerCase(Locale.ROOT);
		if (name.equals(EXPIRY_TIME) && !isReadable(option.value(), dialect)) {
			return false;
		}
		return ALWAYS.contains(name) || (dialect.restrict() && WITH_RESTRICT.contains(name))
				|| (dialect.expiry() != ExpirySupport.NONE && WITH_EXPIRY_TIME.contains(name))
				|| (dialect.verifyRequired() && WITH_VERIFY_REQUIRED.contains(name));
	}

	private static boolean isReadable(@Nullable String time, Dialect dialect) {
		return time != null && (dialect.expiry() == ExpirySupport.UTC || time.chars().allMatch(Character::isDigit))
				&& ExpiryTime.parse(time, dialect.zone()).isPresent();
	}

}
