package io.latchkey.desired;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Permission;
import io.latchkey.openssh.AddressPatterns;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import org.jspecify.annotations.Nullable;

/**
 * What a node's sshd understands in {@code authorized_keys}. An option that it does not
 * know would make it refuse the line, or worse, not keep it (sshd(8); OpenSSH release
 * notes 7.2, 7.7, 8.2, 9.1; dropbear(8)).
 *
 * @param software which server it is: of one that is not known nothing is relied on
 * @param zone the node's own, for {@link ExpirySupport#LOCAL}
 * @param clockOffset how far the node's clock is ahead of the right time, by which sshd
 * lets keys expire
 * @param restrict whether it knows {@code restrict} (7.2)
 * @param verifyRequired whether it knows {@code verify-required} (8.2)
 * @param mostLines how many lines of a file it reads; those beyond let nobody in
 */
public record Dialect(Software software, ExpirySupport expiry, ZoneId zone, Duration clockOffset, boolean restrict,
		boolean verifyRequired, int mostLines) {

	/** There is no such bound, as with OpenSSH. */
	public static final int ANY_NUMBER = Integer.MAX_VALUE;

	/** What a current OpenSSH understands. */
	public static final Dialect CURRENT = new Dialect(Software.OPENSSH, ExpirySupport.UTC, ZoneOffset.UTC,
			Duration.ZERO, true, true, ANY_NUMBER);

	private static final Pattern OPENSSH = Pattern.compile("OpenSSH_(?:for_Windows_)?(\\d{1,3})\\.(\\d{1,3}).*");

	private static final Pattern DROPBEAR = Pattern.compile("dropbear_(\\d{1,4})\\.(\\d{1,4}).*");

	private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

	/** Which server lets in. */
	public enum Software {

		OPENSSH,
		/** Knows {@code command} and what takes away, but no {@code from}. */
		DROPBEAR,
		/** One of which nothing is known. */
		OTHER

	}

	/**
	 * @param sshVersion the software version of the server's identification string (RFC
	 * 4253, section 4.2), such as {@code OpenSSH_9.2p1}; null or another software is
	 * taken to understand none of the newer options
	 */
	public static Dialect of(@Nullable String sshVersion, ZoneId zone) {
		String version = (sshVersion != null) ? sshVersion : "";
		Matcher matcher = OPENSSH.matcher(version);
		if (!matcher.matches()) {
			Software software = version.startsWith("dropbear") ? Software.DROPBEAR : Software.OTHER;
			return new Dialect(software, ExpirySupport.NONE, zone, Duration.ZERO, false, false,
					(software == Software.DROPBEAR) ? mostLinesOfDropbear(version) : ANY_NUMBER);
		}
		int number = Integer.parseInt(matcher.group(1)) * 1000 + Integer.parseInt(matcher.group(2));
		ExpirySupport expiry = (number >= 9001) ? ExpirySupport.UTC
				: (number >= 7007) ? ExpirySupport.LOCAL : ExpirySupport.NONE;
		return new Dialect(Software.OPENSSH, expiry, zone, Duration.ZERO, number >= 7002, number >= 8002, ANY_NUMBER);
	}

	private static int mostLinesOfDropbear(String version) {
		Matcher matcher = DROPBEAR.matcher(version);
		boolean isOlder = matcher.matches()
				&& Integer.parseInt(matcher.group(1)) * 10_000 + Integer.parseInt(matcher.group(2)) < 2026_0092;
		return isOlder ? ANY_NUMBER : DropbearLines.MOST;
	}

	/** The same, for a clock that is ahead by so much. */
	public Dialect allowing(Duration clockOffset) {
		return new Dialect(this.software, this.expiry, this.zone, clockOffset, this.restrict, this.verifyRequired,
				this.mostLines);
	}

	/** Why a grant cannot be put there: it would not let in, or let in to more. */
	Optional<String> obstacleTo(GrantOptions options) {
		if (options.verifyRequired() && !this.verifyRequired) {
			return Optional.of("The node's sshd is too old for verify-required (OpenSSH 8.2)");
		}
		return switch (this.software) {
			case OPENSSH -> obstacleToFrom(options.from());
			case DROPBEAR -> obstacleOfDropbearTo(options);
			case OTHER -> options.equals(GrantOptions.NONE) ? Optional.empty()
					: Optional.of("The node runs a server of which it is not known whether it keeps the options");
		};
	}

	private static Optional<String> obstacleOfDropbearTo(GrantOptions options) {
		if (!options.from().isEmpty() || !options.environment().isEmpty()) {
			return Optional.of("The node runs dropbear, which knows neither from nor environment");
		}
		// svr-authpubkeyoptions.c runs it with the backslash before the quotation mark,
		// and for svr-authpubkey.c the options end at a blank between two of them.
		if (options.command() != null && options.command().indexOf('"') >= 0) {
			return Optional
				.of("The node runs dropbear, which does not take a command with a double quotation mark as it is "
						+ "meant: use single ones, or a script on the node");
		}
		return Optional.empty();
	}

	/** Why that line would be passed over. */
	Optional<String> obstacleTo(String line) {
		return (this.software == Software.DROPBEAR && DropbearLines.isTooLong(line))
				? Optional.of("The node runs dropbear, which passes over a line of %d bytes: it reads no more than %d"
					.formatted(DropbearLines.length(line), DropbearLines.LONGEST))
				: Optional.empty();
	}

	/**
	 * The indexes of the lines with keys that the server does not pass over, whatever
	 * they demand.
	 */
	public BitSet takenFrom(AuthorizedKeysFile file) {
		if (this.software == Software.DROPBEAR) {
			return DropbearLines.takenFrom(file, this.mostLines);
		}
		OpenSshLines openSsh = new OpenSshLines(this.expiry, this.zone, this.restrict, this.verifyRequired);
		BitSet taken = new BitSet();
		for (int i = 0; i < file.lines().size(); i++) {
			taken.set(i, file.lines().get(i) instanceof KeyLine line
					&& (this.software == Software.OTHER || openSsh.isTaken(line)));
		}
		return taken;
	}

	/** Grants that were stored before their hosts were checked as sshd reads them. */
	private static Optional<String> obstacleToFrom(List<String> from) {
		if (from.isEmpty()) {
			return Optional.empty();
		}
		AddressPatterns hosts = AddressPatterns.parse(String.join(",", from));
		return hosts.refused()
			.map((entry) -> "The node's sshd would refuse the key wherever it comes from, for it cannot read %s in from"
				.formatted(entry.text()))
			.or(() -> hosts.letsAnyIn(AddressPatterns.Names.LOOKED_UP) ? Optional.empty()
					: Optional.of("Nothing fits from, so that the node's sshd would let nobody in"));
	}

	/** Whether a restriction has to be named, since {@code restrict} is not known. */
	boolean names(Permission permission) {
		return this.software != Software.DROPBEAR || permission != Permission.USER_RC;
	}

	/**
	 * The value of {@code expiry-time=} for that end, or nothing when it knows none. It
	 * is the last second before the end: sshd lets in through the whole of the second
	 * that is named (auth-options.c compares {@code valid_before < now}).
	 */
	Optional<String> expiryTime(Instant end) {
		Instant last = end.minusSeconds(1).plus(this.clockOffset);
		return switch (this.expiry) {
			case NONE -> Optional.empty();
			case LOCAL -> Optional.of(TO_THE_SECOND.format(last.atZone(this.zone)));
			case UTC -> Optional.of(TO_THE_SECOND.format(last.atZone(ZoneOffset.UTC)) + "Z");
		};
	}

}
