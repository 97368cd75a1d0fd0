package io.latchkey.desired;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.ExpiryTime;
import io.latchkey.openssh.KeyOption;
import org.jspecify.annotations.Nullable;

/**
 * Which lines OpenSSH's sshd refuses whatever key is shown: those with an option that it
 * does not know, or with an end that it cannot read (auth-options.c; release notes 7.2,
 * 7.7, 8.2, 9.1).
 *
 * @param expiry which ends it knows
 * @param zone in which it reads those without one
 * @param restrict whether it knows {@code restrict}
 * @param verifyRequired whether it knows {@code verify-required}
 */
record OpenSshLines(ExpirySupport expiry, ZoneId zone, boolean restrict, boolean verifyRequired) {

	private static final String EXPIRY_TIME = "expiry-time";

	private static final Set<String> ALWAYS = Set.of("cert-authority", "command", "environment", "from",
			"no-agent-forwarding", "no-port-forwarding", "no-pty", "no-user-rc", "no-x11-forwarding", "permitopen",
			"principals", "tunnel");

	private static final Set<String> WITH_RESTRICT = Set.of("restrict", "agent-forwarding", "port-forwarding", "pty",
			"user-rc", "x11-forwarding");

	private static final Set<String> WITH_EXPIRY_TIME = Set.of(EXPIRY_TIME, "permitlisten");

	private static final Set<String> WITH_VERIFY_REQUIRED = Set.of("verify-required", "touch-required",
			"no-touch-required");

	boolean isTaken(KeyLine line) {
		return line.options().options().stream().allMatch(this::isKnown);
	}

	private boolean isKnown(KeyOption option) {
		String name = option.name().toLowerCase(Locale.ROOT);
		if (name.equals(EXPIRY_TIME) && !isReadable(option.value())) {
			return false;
		}
		return ALWAYS.contains(name) || (this.restrict && WITH_RESTRICT.contains(name))
				|| (this.expiry != ExpirySupport.NONE && WITH_EXPIRY_TIME.contains(name))
				|| (this.verifyRequired && WITH_VERIFY_REQUIRED.contains(name));
	}

	private boolean isReadable(@Nullable String time) {
		return time != null && (this.expiry == ExpirySupport.UTC || time.chars().allMatch(Character::isDigit))
				&& ExpiryTime.parse(time, this.zone).isPresent();
	}

}
