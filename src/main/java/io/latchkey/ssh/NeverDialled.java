package io.latchkey.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.latchkey.core.StartRefusedException;
import io.latchkey.openssh.IpNetwork;

/**
 * The networks in which Latchkey connects to nothing, whatever name leads there: whoever
 * may add a node could otherwise have it knock at what only this machine reaches.
 */
final class NeverDialled {

	/**
	 * Behind these lies the IPv4 address that begins with the byte of that number: NAT64
	 * (RFC 6052, section 2.1, and RFC 8215), SIIT (RFC 2765, section 2.1) and 6to4 (RFC
	 * 3056, section 2).
	 */
	private static final Map<IpNetwork, Integer> EMBEDDING = Map.of(IpNetwork.parse("64:ff9b::/96"), 12,
			IpNetwork.parse("64:ff9b:1::/48"), 12, IpNetwork.parse("::ffff:0:0:0/96"), 12, IpNetwork.parse("2002::/16"),
			2);

	private static final int IPV4_BYTES = 4;

	private final List<IpNetwork> networks;

	private NeverDialled(List<IpNetwork> networks) {
		this.networks = networks;
	}

	/**
	 * @throws StartRefusedException when one of them is no network
	 */
	static NeverDialled of(List<String> networks) {
		try {
			return new NeverDialled(networks.stream().map(String::strip).map(IpNetwork::parse).toList());
		}
		catch (IllegalArgumentException ex) {
			throw new StartRefusedException(
					"latchkey.transport.never-dialled is not a list of networks: " + ex.getMessage(),
					"Separate networks by commas, such as 169.254.0.0/16,fe80::/10, or leave it out for the default.",
					ex);
		}
	}

	/**
	 * @throws NeverDialledException when it lies in one of the networks
	 */
	void check(InetAddress resolved) throws NeverDialledException {
		check(resolved.getAddress());
	}

	/**
	 * What another machine is to connect to: as far as it is written out, since that
	 * machine looks names up by itself.
	 * @throws NeverDialledException when it lies in one of the networks
	 */
	void checkLiteral(String address) throws NeverDialledException {
		Optional<byte[]> literal = IpNetwork.literal(address);
		if (literal.isPresent()) {
			check(literal.get());
		}
	}

	private void check(byte[] bytes) throws NeverDialledException {
		Optional<IpNetwork> network = Stream.of(bytes, unmapped(bytes), embedded(bytes))
			.flatMap((each) -> this.networks.stream().filter((candidate) -> candidate.contains(each)))
			.findFirst();
		if (network.isPresent()) {
			throw new NeverDialledException(text(bytes), network.get());
		}
	}

	private static byte[] unmapped(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes).getAddress();
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] embedded(byte[] bytes) {
		return EMBEDDING.entrySet()
			.stream()
			.filter((each) -> each.getKey().contains(bytes))
			.findFirst()
			.map((each) -> Arrays.copyOfRange(bytes, each.getValue(), each.getValue() + IPV4_BYTES))
			.orElse(bytes);
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
