package io.latchkey.registration;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * At which address Latchkey reaches a node that registers itself: the one that somebody
 * said; else the one that it came from, when that is the node's own or a public one; else
 * the first of the node's own, since it came through a proxy or an address translation.
 */
final class NodeAddress {

	private NodeAddress() {
	}

	static String of(RegistrationMessage message, String cameFrom) {
		if (message.reach() != null) {
			return message.reach();
		}
		if (message.addresses().isEmpty() || message.addresses().contains(cameFrom) || isPublic(cameFrom)) {
			return cameFrom;
		}
		return message.addresses().get(0);
	}

	private static boolean isPublic(String literal) {
		try {
			InetAddress address = InetAddress.getByName(literal);
			boolean uniqueLocal = literal.indexOf(':') >= 0 && (address.getAddress()[0] & 0xfe) == 0xfc;
			return !address.isLoopbackAddress() && !address.isSiteLocalAddress() && !address.isLinkLocalAddress()
					&& !address.isAnyLocalAddress() && !uniqueLocal;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
