package io.latchkey.sandbox;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * The value of {@code expiry-time=} (sshd(8)): {@code YYYYMMDD[HHMM[SS]][Z]}, in the
 * node's own time zone without the {@code Z}.
 */
final class ExpiryTime {

	private static final int WHOLE = "yyyyMMddHHmmss".length();

	private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

	private ExpiryTime() {
	}

	/** Empty when sshd could not read it. */
	static Optional<Instant> parse(String text, ZoneId nodeZone) {
		String upper = text.toUpperCase(Locale.ROOT);
		String digits = upper.replaceFirst("(Z|UTC)$", "");
		ZoneId zone = digits.equals(upper) ? nodeZone : ZoneOffset.UTC;
		if (!digits.matches("\\d{8}(\\d{4}(\\d{2})?)?")) {
			return Optional.empty();
		}
		try {
			String whole = digits + "0".repeat(WHOLE - digits.length());
			return Optional.of(LocalDateTime.parse(whole, FORM).atZone(zone).toInstant());
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
