package io.latchkey.inventory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The form of a node's address: a host name (RFC 1123, underscores allowed), an IPv4
 * address in four parts, or an IPv6 address without brackets. Nothing is looked up.
 */
final class AddressCheck {

	private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";

	private static final Pattern HOST_NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?");

	/** What {@code inet_aton(3)} reads as a number, and so sshd on a jump node. */
	private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

	private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

	private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

	private static final Pattern IPV6 = Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[A-Za-z0-9._-]{1,15})?");

	private static final int LIMIT = 253;

	private AddressCheck() {
	}

	static boolean isWellFormed(String address) {
		if (address.length() > LIMIT) {
			return false;
		}
		if (address.indexOf(':') >= 0) {
			return isIpv6(address);
		}
		if (NUMERIC_END.matcher(address).matches()) {
			return IPV4.matcher(address).matches();
		}
		return HOST_NAME.matcher(address).matches();
	}

	/** With a colon in it, Java takes the text for a literal and asks no name server. */
	private static boolean isIpv6(String address) {
		var matcher = IPV6.matcher(address);
		if (!matcher.matches()) {
			return false;
		}
		try {
			InetAddress.getByName(matcher.group(1));
			return true;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
