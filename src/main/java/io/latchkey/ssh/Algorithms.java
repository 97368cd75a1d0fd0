package io.latchkey.ssh;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.inventory.Node;

/**
 * Which algorithms a node may be talked to with.
 */
public enum Algorithms {

	/** What is held to be safe today; nothing with SHA-1 or CBC. */
	MODERN(List.of(), List.of(), List.of(), List.of()),

	/**
	 * What old nodes have as well: key exchanges and signatures with SHA-1, small groups
	 * and CBC. Whoever can be between Latchkey and the node may be able to break them.
	 */
	LEGACY(List.of("diffie-hellman-group-exchange-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"),
			List.of("ssh-rsa"), List.of("aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"),
			List.of("hmac-sha1-etm@openssh.com", "hmac-sha1"));

	private static final List<String> KEX = List.of("mlkem768x25519-sha256", "curve25519-sha256",
			"curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
			"diffie-hellman-group-exchange-sha256", "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512",
			"diffie-hellman-group14-sha256");

	private static final List<String> RSA = List.of("rsa-sha2-512", "rsa-sha2-256");

	/** ChaCha20 comes last, as it costs Java the most. */
	private static final List<String> CIPHERS = List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com",
			"aes128-ctr", "aes192-ctr", "aes256-ctr", "chacha20-poly1305@openssh.com");

	private static final List<String> MACS = List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com",
			"hmac-sha2-256", "hmac-sha2-512");

	private final List<String> kex;

	private final List<String> rsa;

	private final List<String> ciphers;

	private final List<String> macs;

	Algorithms(List<String> kex, List<String> rsa, List<String> ciphers, List<String> macs) {
		this.kex = kex;
		this.rsa = rsa;
		this.ciphers = ciphers;
		this.macs = macs;
	}

	/** The algorithms that Latchkey may use with the node. */
	public static Algorithms of(Node node) {
		return node.route().legacyAlgorithms() ? LEGACY : MODERN;
	}

	/** Whether it is one that these have, and modern ones have not. */
	boolean isExtra(String name) {
		return Stream.of(this.kex, this.rsa, this.ciphers, this.macs).anyMatch((names) -> names.contains(name));
	}

	/** The signature algorithms for a host key of a type (RFC 8332 for RSA). */
	List<String> signatures(String keyType) {
		return "ssh-rsa".equals(keyType) ? joined(RSA, this.rsa) : List.of(keyType);
	}

	/**
	 * JSch's settings; it leaves out what this Java has not.
	 */
	Map<String, String> configuration() {
		String cipher = String.join(",", joined(CIPHERS, this.ciphers));
		String mac = String.join(",", joined(MACS, this.macs));
		return Map.of("kex", String.join(",", joined(KEX, this.kex)), "cipher.c2s", cipher, "cipher.s2c", cipher,
				"mac.c2s", mac, "mac.s2c", mac);
	}

	private static List<String> joined(List<String> modern, List<String> legacy) {
		return Stream.concat(modern.stream(), legacy.stream()).toList();
	}

}
