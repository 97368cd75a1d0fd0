package io.latchkey.desired;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a node's sshd understands in {@code authorized_keys}. An option that it does not
 * know would make it refuse the line (sshd(8); OpenSSH release notes 7.2, 7.7, 8.2, 9.1).
 *
 * @param zone the node's own, for {@link ExpirySupport#LOCAL}
 * @param restrict whether it knows {@code restrict} (7.2)
 * @param verifyRequired whether it knows {@code verify-required} (8.2)
 */
public record Dialect(ExpirySupport expiry, ZoneId zone, boolean restrict, boolean verifyRequired) {

	/** What a current OpenSSH understands. */
	public static final Dialect CURRENT = new Dialect(ExpirySupport.UTC, ZoneOffset.UTC, true, true);

	private static final Pattern OPENSSH = Pattern.compile("OpenSSH_(?:for_Windows_)?(\\d{1,3})\\.(\\d{1,3}).*");

	private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

	/**
	 * @param sshVersion the software version of the server's identification string (RFC
	 * 4253, section 4.2), such as {@code OpenSSH_9.2p1}; null or another software is
	 * taken to understand none of the newer options
	 */
	public static Dialect of(@Nullable String sshVersion, ZoneId zone) {
		Matcher matcher = OPENSSH.matcher((sshVersion != null) ? sshVersion : "");
		if (!matcher.matches()) {
			return new Dialect(ExpirySupport.NONE, zone, false, false);
		}
		int version = Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2));
		ExpirySupport expiry = (version >= 9001) ? ExpirySupport.UTC
				: (version >= 7007) ? ExpirySupport.LOCAL : ExpirySupport.NONE;
		return new Dialect(expiry, zone, version >= 7002, version >= 8002);
	}

	/**
	 * The value of {@code expiry-time=} for that end, or nothing when it knows none. It
	 * is the last second before the end: sshd lets in through the whole of the second
	 * that is named (auth-options.c compares {@code valid_before < now}).
	 */
	Optional<String> expiryTime(Instant end) {
		Instant last = end.minusSeconds(1);
		return switch (this.expiry) {
			case NONE -> Optional.empty();
			case LOCAL -> Optional.of(TO_THE_SECOND.format(last.atZone(this.zone)));
			case UTC -> Optional.of(TO_THE_SECOND.format(last.atZone(ZoneOffset.UTC)) + "Z");
		};
	}

}
