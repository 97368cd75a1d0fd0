package io.latchkey.sandbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pattern list of {@code from=} (ssh_config(5), PATTERNS): wildcards and networks in
 * CIDR form; a negated one that matches refuses whatever the others say.
 */
record FromPatterns(List<String> patterns) {

	static FromPatterns parse(String list) {
		return new FromPatterns(List.of(list.split(",")));
	}

	boolean match(String address) {
		boolean matched = false;
		for (String pattern : this.patterns) {
			boolean negated = pattern.startsWith("!");
			if (matches(negated ? pattern.substring(1) : pattern, address)) {
				if (negated) {
					return false;
				}
				matched = true;
			}
		}
		return matched;
	}

	private static boolean matches(String pattern, String address) {
		return pattern.contains("/") ? isInside(pattern, address) : wildcards(pattern).matcher(address).matches();
	}

	private static Pattern wildcards(String pattern) {
		StringBuilder expression = new StringBuilder();
		pattern.chars()
			.forEach((each) -> expression
				.append((each == '*') ? ".*" : (each == '?') ? "." : Pattern.quote(Character.toString(each))));
		return Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE);
	}

	private static boolean isInside(String network, String address) {
		String[] parts = network.split("/", 2);
		try {
			byte[] base = InetAddress.getByName(parts[0]).getAddress();
			byte[] one = InetAddress.getByName(address).getAddress();
			return base.length == one.length && sameBits(base, one, Integer.parseInt(parts[1]));
		}
		catch (UnknownHostException | NumberFormatException ex) {
			return false;
		}
	}

	private static boolean sameBits(byte[] one, byte[] other, int bits) {
		for (int bit = 0; bit < Math.min(bits, one.length * Byte.SIZE); bit++) {
			int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
			if ((one[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
				return false;
			}
		}
		return true;
	}

}
