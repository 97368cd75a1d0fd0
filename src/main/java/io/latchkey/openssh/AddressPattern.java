package io.latchkey.openssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a list of the hosts that a login may come from: {@code from=} of sshd(8),
 * or what follows the {@code @} in {@code AllowUsers} of sshd_config(5). An address, a
 * network (CIDR), or a pattern for names or addresses; after a {@code !} what it fits is
 * refused.
 */
public record AddressPattern(boolean negated, Kind kind, String text) {

	private static final Pattern NETWORK = Pattern.compile("([^/]*)/(\\d{1,9})");

	/** What fits an address only, also where a wildcard stands in. */
	private static final Pattern LIKE_ADDRESS = Pattern.compile("[0-9A-Fa-f.:*?]+");

	private static final Pattern LIKE_IPV4 = Pattern.compile("[0-9.]+");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._*?-]+");

	private static final int LONGEST = 63;

	private static final int IPV6_BITS = 128;

	/** What sshd makes of it. */
	public enum Kind {

		/** An address or a network. */
		ADDRESS,
		/** A pattern that fits addresses as they are written, and names. */
		PATTERN,
		/** A name or a pattern that no address fits. */
		NAME,
		/** It is taken, and nothing fits it. */
		NOTHING,
		/** sshd refuses whatever the whole list is for. */
		REFUSED

	}

	/**
	 * Reads it as {@code addr_match_list} of sshd's addrmatch.c does.
	 * @param entry between commas
	 */
	public static AddressPattern parse(String entry) {
		boolean negated = entry.startsWith("!");
		String text = negated ? entry.substring(1) : entry;
		return new AddressPattern(negated, kind(text), text);
	}

	private static Kind kind(String text) {
		if (text.isEmpty()) {
			return Kind.REFUSED;
		}
		Matcher network = NETWORK.matcher(text);
		if (network.matches()) {
			return (text.length() <= LONGEST) ? ofNetwork(network.group(1), Integer.parseInt(network.group(2)))
					: Kind.NOTHING;
		}
		if (text.length() <= LONGEST && NumericAddress.parse(text).isPresent()) {
			return Kind.ADDRESS;
		}
		boolean wild = text.contains("*") || text.contains("?");
		if (wild && LIKE_ADDRESS.matcher(text).matches()) {
			return Kind.PATTERN;
		}
		boolean name = NAME.matcher(text).matches() && !LIKE_IPV4.matcher(text).matches();
		return name ? Kind.NAME : Kind.NOTHING;
	}

	private static Kind ofNetwork(String address, int length) {
		if (length > IPV6_BITS) {
			return Kind.NOTHING;
		}
		return NumericAddress.parse(address)
			.map((parsed) -> (length <= parsed.bits() && parsed.isNetworkOf(length)) ? Kind.ADDRESS : Kind.REFUSED)
			.orElse(Kind.NOTHING);
	}

	/** Whether an address may fit it. */
	public boolean fitsAddresses() {
		return this.kind == Kind.ADDRESS || this.kind == Kind.PATTERN;
	}

	/** Whether every address fits it. */
	boolean isForAll() {
		return WildcardPattern.isForAll(this.text);
	}

	/** The network that was meant, where one has bits beyond its length. */
	public Optional<String> network() {
		Matcher network = NETWORK.matcher(this.text);
		if (this.kind != Kind.REFUSED || !network.matches()) {
			return Optional.empty();
		}
		int length = Integer.parseInt(network.group(2));
		return NumericAddress.parse(network.group(1))
			.filter((address) -> length <= address.bits())
			.map((address) -> address.networkOf(length) + "/" + length);
	}

}
