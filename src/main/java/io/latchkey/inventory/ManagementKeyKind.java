package io.latchkey.inventory;

import java.util.List;

import io.latchkey.openssh.KeyPairKind;
import io.latchkey.openssh.PublicKey;

/**
 * By which of Latchkey's own keys a node lets it in: there is one of each kind, made when
 * a node first needs it.
 */
public enum ManagementKeyKind {

	/** For all that take it: Ed25519, or the one that an SSH agent holds instead. */
	USUAL(KeyPairKind.ED25519, "ssh-ed25519"),
	/** ECDSA on nistp256, for nodes that take no Ed25519, as in FIPS mode. */
	ECDSA_256(KeyPairKind.ECDSA_256, "ecdsa-sha2-nistp256"),
	/** ECDSA on nistp384. */
	ECDSA_384(KeyPairKind.ECDSA_384, "ecdsa-sha2-nistp384"),
	/** RSA with 3072 bits or more. */
	RSA(KeyPairKind.RSA_3072, "ssh-rsa");

	private static final String RSA_TYPE = "ssh-rsa";

	private static final int LEAST_RSA_BITS = 3072;

	private final KeyPairKind pair;

	private final String type;

	ManagementKeyKind(KeyPairKind pair, String type) {
		this.pair = pair;
		this.type = type;
	}

	/** What is made where Latchkey makes it. */
	public KeyPairKind pair() {
		return this.pair;
	}

	/** What an sshd that takes one of these has to accept, as far as it is known yet. */
	public List<String> signatures() {
		return signaturesOf(this.type);
	}

	/**
	 * The algorithms by which a key can sign (RFC 8332 for RSA): one of them is among
	 * sshd's {@code PubkeyAcceptedAlgorithms} where it takes the key.
	 */
	public static List<String> signaturesOf(PublicKey key) {
		return signaturesOf(key.type());
	}

	private static List<String> signaturesOf(String type) {
		return RSA_TYPE.equals(type) ? List.of("rsa-sha2-512", "rsa-sha2-256") : List.of(type);
	}

	/** Whether a key can be one of these; the usual one can be any. */
	public boolean isOf(PublicKey key) {
		return switch (this) {
			case USUAL -> true;
			case RSA -> key.type().equals(this.type) && key.bits() >= LEAST_RSA_BITS;
			default -> key.type().equals(this.type);
		};
	}

}
