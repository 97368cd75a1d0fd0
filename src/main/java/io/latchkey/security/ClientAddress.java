package io.latchkey.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a request comes from, as attempts are counted: an IPv4 address, or the /64
 * network of an IPv6 address, which is one customer's.
 */
final class ClientAddress {

	private ClientAddress() {
	}

	static String of(String remoteAddress) {
		try {
			InetAddress address = InetAddress.getByName(remoteAddress);
			return (address instanceof Inet6Address)
					? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8)) + "/64"
					: address.getHostAddress();
		}
		catch (UnknownHostException ex) {
			return remoteAddress;
		}
	}

}
