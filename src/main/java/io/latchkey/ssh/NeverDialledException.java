package io.latchkey.ssh;

import java.io.IOException;

import io.latchkey.openssh.IpNetwork;

/**
 * The address lies in a network in which Latchkey connects to nothing.
 */
final class NeverDialledException extends IOException {

	private static final long serialVersionUID = 1L;

	NeverDialledException(String address, IpNetwork network) {
		super("%s lies in %s".formatted(address, network));
	}

}
