package io.latchkey.diagnosis.checks;

import java.util.Optional;
import java.util.regex.Pattern;

import io.latchkey.openssh.IpNetwork;

/** Addresses in the words of programs that turn them away. Pure. */
final class Addresses {

	private static final Pattern WRITTEN = Pattern.compile("[0-9a-fA-F.:]{2,45}(?:/\\d{1,3})?");

	private Addresses() {
	}

	/** Whether it is that address, or lies in that network. */
	static boolean isIn(String address, String network) {
		return IpNetwork.literal(address).filter((bytes) -> contains(network, bytes)).isPresent();
	}

	/** Whether a text names it, or a network in which it lies. */
	static boolean isNamedIn(String text, String address) {
		Optional<byte[]> bytes = IpNetwork.literal(address);
		return bytes.isPresent()
				&& WRITTEN.matcher(text).results().anyMatch((written) -> contains(written.group(), bytes.get()));
	}

	private static boolean contains(String network, byte[] address) {
		try {
			return IpNetwork.parse(network).contains(address);
		}
		catch (IllegalArgumentException ex) {
			return false; // some other word, such as a time
		}
	}

}
