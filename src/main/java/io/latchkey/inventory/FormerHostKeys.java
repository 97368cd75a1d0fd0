package io.latchkey.inventory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.IpNetwork;

/**
 * The host keys by which a node was known that is gone by now, or was there.
 *
 * @param place its address, in the one form in which addresses are compared
 * @param knownUntil when it was removed or moved
 */
public record FormerHostKeys(String name, String place, int port, List<Fingerprint> fingerprints, Instant knownUntil) {

	/** Whether one of these keys is among them. */
	boolean fit(Collection<HostKey> keys) {
		return keys.stream().anyMatch((key) -> this.fingerprints.contains(key.key().fingerprint()));
	}

	/** Whether all of these keys are among them. */
	boolean fitAll(Collection<HostKey> keys) {
		return keys.stream().allMatch((key) -> this.fingerprints.contains(key.key().fingerprint()));
	}

	/** The fingerprints in a row, for a person. */
	public String told() {
		return String.join(", ", this.fingerprints.stream().map(Fingerprint::toString).toList());
	}

	/**
	 * The same for all texts that lead to the same host, as far as that shows in them.
	 */
	static String placeOf(String address) {
		return IpNetwork.literal(address).map(FormerHostKeys::text).orElseGet(() -> {
			String name = address.toLowerCase(Locale.ROOT);
			return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		});
	}

	private static String text(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes).getHostAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
