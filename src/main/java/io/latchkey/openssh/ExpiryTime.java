package io.latchkey.openssh;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code expiry-time=} (sshd(8), AUTHORIZED_KEYS FILE FORMAT):
 * {@code YYYYMMDD[HHMM[SS]][Z]}, in the node's own time zone without the {@code Z}.
 */
public final class ExpiryTime {

	private static final Pattern FORM = Pattern.compile("(\\d{8})(\\d{4})?(\\d{2})?(Z|UTC)?", Pattern.CASE_INSENSITIVE);

	private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT);

	private ExpiryTime() {
	}

	/** The instant after which sshd refuses the line; empty when it cannot read it. */
	public static Optional<Instant> parse(String value, ZoneId nodeZone) {
		Matcher matcher = FORM.matcher(value);
		if (!matcher.matches() || (matcher.group(2) == null && matcher.group(3) != null)) {
			return Optional.empty();
		}
		String whole = matcher.group(1) + orElse(matcher.group(2), "0000") + orElse(matcher.group(3), "00");
		try {
			LocalDateTime time = LocalDateTime.parse(whole, WHOLE);
			return Optional.of(time.atZone((matcher.group(4) != null) ? ZoneOffset.UTC : nodeZone).toInstant());
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private static String orElse(String group, String otherwise) {
		return (group != null) ? group : otherwise;
	}

}
