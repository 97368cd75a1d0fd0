package io.latchkey.openssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of IP addresses, as {@code 169.254.0.0/16} or {@code fe80::/10} (RFC 4632,
 * RFC 4291), or a single address.
 */
public final class IpNetwork {

	private static final Pattern FORM = Pattern.compile("([^/]*)(?:/([0-9]{1,3}))?");

	private final NumericAddress address;

	private final int length;

	private final String text;

	private IpNetwork(NumericAddress address, int length, String text) {
		this.address = address;
		this.length = length;
		this.text = text;
	}

	/**
	 * @throws IllegalArgumentException when it is none, or its address has bits beyond
	 * its length; says what was expected
	 */
	public static IpNetwork parse(String text) {
		Matcher matcher = FORM.matcher(text);
		NumericAddress address = matcher.matches() ? NumericAddress.parse(matcher.group(1)).orElse(null) : null;
		if (address == null) {
			throw new IllegalArgumentException(
					"'%s' is no network; expected one as 169.254.0.0/16 or fe80::/10".formatted(text));
		}
		int length = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : address.bits();
		if (length > address.bits()) {
			throw new IllegalArgumentException("'%s' is longer than /%d".formatted(text, address.bits()));
		}
		if (!address.isNetworkOf(length)) {
			throw new IllegalArgumentException("'%s' has bits beyond its length; expected %s/%d".formatted(text,
					address.networkOf(length), length));
		}
		return new IpNetwork(address, length, text);
	}

	/** Whether that address, in network order, of 4 or 16 bytes, lies in it. */
	public boolean contains(byte[] other) {
		return this.address.isOfSameNetwork(other, this.length);
	}

	/**
	 * The bytes of an address that is written out, as {@code getaddrinfo(3)} reads it
	 * without a name service; without its zone. Nothing for a name.
	 */
	public static Optional<byte[]> literal(String address) {
		int zone = address.indexOf('%');
		return NumericAddress.parse((zone < 0) ? address : address.substring(0, zone)).map(NumericAddress::bytes);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
