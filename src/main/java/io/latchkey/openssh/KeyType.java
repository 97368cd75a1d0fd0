package io.latchkey.openssh;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The types of public keys that OpenSSH reads. The aliases name signature algorithms;
 * OpenSSH takes them in the place of the type, too.
 */
enum KeyType {

	ED25519("ssh-ed25519", "ED25519"),

	ED25519_SK("sk-ssh-ed25519@openssh.com", "ED25519-SK"),

	/** Since OpenSSH 10.6: ML-DSA-44 and Ed25519 in one. */
	MLDSA44_ED25519("ssh-mldsa44-ed25519", "MLDSA44-ED25519"),

	ECDSA_256("ecdsa-sha2-nistp256", "ECDSA"),

	ECDSA_384("ecdsa-sha2-nistp384", "ECDSA"),

	ECDSA_521("ecdsa-sha2-nistp521", "ECDSA"),

	ECDSA_SK("sk-ecdsa-sha2-nistp256@openssh.com", "ECDSA-SK", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com"),

	RSA("ssh-rsa", "RSA", "rsa-sha2-256", "rsa-sha2-512"),

	DSA("ssh-dss", "DSA");

	private static final String VENDOR = "@openssh.com";

	private final String sshName;

	private final String algorithm;

	private final List<String> names;

	private final List<String> certificateNames;

	KeyType(String sshName, String algorithm, String... aliases) {
		this.sshName = sshName;
		this.algorithm = algorithm;
		this.names = Stream.concat(Stream.of(sshName), Stream.of(aliases)).toList();
		this.certificateNames = this.names.stream().map(KeyType::certificateName).toList();
	}

	/** The name on the wire and in files. */
	String sshName() {
		return this.sshName;
	}

	/** The algorithms by which such a key signs, under their names on the wire. */
	List<String> names() {
		return this.names;
	}

	/** The name that {@code ssh-keygen -l} prints. */
	String algorithm() {
		return this.algorithm;
	}

	/** The name of certificates for keys of this type. */
	String certificateName() {
		return this.certificateNames.get(0);
	}

	boolean isNamed(String name) {
		return this.names.contains(name);
	}

	boolean isCertificateNamed(String name) {
		return this.certificateNames.contains(name);
	}

	boolean isEllipticCurve() {
		return this == ECDSA_256 || this == ECDSA_384 || this == ECDSA_521 || this == ECDSA_SK;
	}

	static Optional<KeyType> named(String name) {
		return Arrays.stream(values())
			.filter((type) -> type.isNamed(name) || type.isCertificateNamed(name))
			.findFirst();
	}

	/**
	 * The type that a blob declares. OpenSSH takes the short names here as well, except
	 * for the ECDSA types, whose name carries the curve.
	 */
	static Optional<KeyType> declared(String name) {
		return named(name).or(() -> Arrays.stream(values())
			.filter((type) -> !type.isEllipticCurve() && type.algorithm.equalsIgnoreCase(name))
			.findFirst());
	}

	private static String certificateName(String name) {
		if (name.startsWith("ssh-mldsa")) {
			return name + "-cert";
		}
		return name.replace(VENDOR, "") + "-cert-v01" + VENDOR;
	}

}
