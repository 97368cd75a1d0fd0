package io.latchkey.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a request comes from, as attempts are counted: an IPv4 address, or the /64
 * network of an IPv6 address, which is one customer's, as
 * {@code 2001:db8:0:1:0:0:0:0/64}.
 */
final class ClientAddress {

	private ClientAddress() {
	}

	static String of(String remoteAddress) {
		try {
			InetAddress address = InetAddress.getByName(remoteAddress);
			return (address instanceof Inet6Address) ? networkOf(address) : address.getHostAddress();
		}
		catch (UnknownHostException ex) {
			return remoteAddress;
		}
	}

	private static String networkOf(InetAddress address) throws UnknownHostException {
		byte[] network = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
		return InetAddress.getByAddress(network).getHostAddress() + "/64";
	}

}
