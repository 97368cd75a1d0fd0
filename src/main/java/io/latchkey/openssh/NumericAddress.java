package io.latchkey.openssh;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IP address as {@code getaddrinfo(3)} reads one without asking a name service, and so
 * sshd's {@code addr_pton} (addrmatch.c): IPv6 as in RFC 4291, IPv4 as {@code inet(3)}
 * has it, with one to four numbers, of which the last fills what is left.
 */
final class NumericAddress {

	private static final int IPV4_BYTES = 4;

	private static final int IPV6_BYTES = 16;

	private final byte[] bytes;

	private NumericAddress(byte[] bytes) {
		this.bytes = bytes;
	}

	static Optional<NumericAddress> parse(String text) {
		byte[] bytes = text.contains(":") ? ipv6(text) : ipv4(text);
		return (bytes.length == 0) ? Optional.empty() : Optional.of(new NumericAddress(bytes));
	}

	/** The longest length of a network that it can be the address of. */
	int bits() {
		return this.bytes.length * Byte.SIZE;
	}

	byte[] bytes() {
		return this.bytes.clone();
	}

	/**
	 * Whether the first bits of the other one are its own; one of another kind has none.
	 */
	boolean isOfSameNetwork(byte[] other, int length) {
		return other.length == this.bytes.length
				&& Arrays.equals(masked(length), new NumericAddress(other).masked(length));
	}

	/** Whether it has no bits beyond that length. */
	boolean isNetworkOf(int length) {
		return Arrays.equals(this.bytes, masked(length));
	}

	/** The address of the network of that length in which it lies. */
	String networkOf(int length) {
		byte[] masked = masked(length);
		StringBuilder text = new StringBuilder();
		if (masked.length == IPV4_BYTES) {
			for (byte each : masked) {
				text.append(text.isEmpty() ? "" : ".").append(each & 0xff);
			}
		}
		else {
			for (int i = 0; i < masked.length; i += 2) {
				text.append(text.isEmpty() ? "" : ":")
					.append(Integer.toHexString((masked[i] & 0xff) << Byte.SIZE | (masked[i + 1] & 0xff)));
			}
		}
		return text.toString();
	}

	private byte[] masked(int length) {
		byte[] masked = this.bytes.clone();
		for (int bit = length; bit < bits(); bit++) {
			masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
		}
		return masked;
	}

	private static byte[] ipv4(String text) {
		String[] parts = text.split("\\.", -1);
		byte[] bytes = new byte[IPV4_BYTES];
		if (parts.length > IPV4_BYTES) {
			return new byte[0];
		}
		for (int i = 0; i < parts.length; i++) {
			boolean last = i == parts.length - 1;
			int room = last ? IPV4_BYTES - i : 1;
			long number = number(parts[i]);
			if (number < 0 || number >= 1L << (room * Byte.SIZE)) {
				return new byte[0];
			}
			for (int j = 0; j < room; j++) {
				bytes[i + room - 1 - j] = (byte) (number >> (j * Byte.SIZE));
			}
		}
		return bytes;
	}

	/** Octal after a zero, as in C; -1 when it is none. */
	private static long number(String text) {
		boolean hex = text.startsWith("0x") || text.startsWith("0X");
		boolean octal = !hex && text.length() > 1 && text.startsWith("0");
		try {
			String digits = hex ? text.substring(2) : text;
			return digits.matches("[0-9A-Fa-f]{1,11}") ? Long.parseLong(digits, hex ? 16 : (octal ? 8 : 10)) : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private static byte[] ipv6(String text) {
		int gap = text.indexOf("::");
		if (gap < 0) {
			byte[] all = groups(text, true);
			return (all.length == IPV6_BYTES) ? all : new byte[0];
		}
		String before = text.substring(0, gap);
		String after = text.substring(gap + 2);
		byte[] head = groups(before, false);
		byte[] tail = groups(after, true);
		boolean wrong = (head.length == 0 && !before.isEmpty()) || (tail.length == 0 && !after.isEmpty())
				|| head.length + tail.length > IPV6_BYTES - 2;
		if (wrong) {
			return new byte[0];
		}
		byte[] bytes = new byte[IPV6_BYTES];
		System.arraycopy(head, 0, bytes, 0, head.length);
		System.arraycopy(tail, 0, bytes, IPV6_BYTES - tail.length, tail.length);
		return bytes;
	}

	/**
	 * The groups between colons; the last may be an IPv4 address. None when one is wrong.
	 */
	private static byte[] groups(String text, boolean mayEndInIpv4) {
		if (text.isEmpty()) {
			return new byte[0];
		}
		String[] parts = text.split(":", -1);
		byte[] bytes = new byte[0];
		for (int i = 0; i < parts.length; i++) {
			byte[] group = new byte[0];
			if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
				int number = Integer.parseInt(parts[i], 16);
				group = new byte[] { (byte) (number >> Byte.SIZE), (byte) number };
			}
			else if (mayEndInIpv4 && i == parts.length - 1 && parts[i].matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
				group = ipv4(parts[i]);
			}
			if (group.length == 0 || bytes.length + group.length > IPV6_BYTES) {
				return new byte[0];
			}
			bytes = Arrays.copyOf(bytes, bytes.length + group.length);
			System.arraycopy(group, 0, bytes, bytes.length - group.length, group.length);
		}
		return bytes;
	}

}
