package io.latchkey.openssh;

/**
 * The kinds of key pairs that are worth making today.
 */
public enum KeyPairKind {

	ED25519("ed25519"),

	ECDSA_256("ecdsa"),

	ECDSA_384("ecdsa"),

	ECDSA_521("ecdsa"),

	RSA_3072("rsa"),

	RSA_4096("rsa");

	private final String word;

	KeyPairKind(String word) {
		this.word = word;
	}

	/** What names such a key in the names of files, as ssh-keygen does. */
	public String word() {
		return this.word;
	}

}
