package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key as it stands, without a passphrase, in OpenSSH's own format (PROTOCOL.key
 * of OpenSSH). It is opened only to be written in PuTTY's. Closing it wipes what it
 * holds. <pre>
 * "openssh-key-v1" NUL, string cipher "none", string kdf "none", string options, uint32 1,
 * string public blob, string (uint32 check, uint32 check, private fields, string comment, padding)
 * </pre>
 */
public final class PrivateKey implements AutoCloseable {

	private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";

	private static final String END = "-----END OPENSSH PRIVATE KEY-----";

	private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

	private static final int SEED_LENGTH = 32;

	private final PublicKey publicKey;

	private final byte[] putty;

	private PrivateKey(PublicKey publicKey, byte[] putty) {
		this.publicKey = publicKey;
		this.putty = putty;
	}

	/**
	 * @param text stays as it is
	 * @throws InvalidKeyException when it is not such a key; the message repeats nothing
	 * of it
	 */
	public static PrivateKey parse(byte[] text) throws InvalidKeyException {
		byte[] bytes = decode(text);
		try {
			if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
				throw new InvalidKeyException("Expected a private key in OpenSSH's own format");
			}
			WireReader reader = new WireReader(bytes);
			reader.skip(MAGIC.length, "mark");
			if (!reader.text("cipher").equals("none") || !reader.text("kdf").equals("none")) {
				throw new InvalidKeyException("The private key has a passphrase. Expected one without");
			}
			reader.string("options of the kdf");
			if (reader.number(4, "number of keys") != 1) {
				throw new InvalidKeyException("Expected one private key in the file");
			}
			PublicKey publicKey = PublicKey.of(reader.string("public key"));
			return read(publicKey, reader.string("private part"));
		}
		finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	private static PrivateKey read(PublicKey publicKey, byte[] part) throws InvalidKeyException {
		try {
			WireReader reader = new WireReader(part);
			long check = reader.number(4, "check");
			if (reader.number(4, "check") != check) {
				throw new InvalidKeyException("The private key is damaged: its check bytes differ");
			}
			reader.text("type");
			return new PrivateKey(publicKey, putty(publicKey.keyType(), reader));
		}
		finally {
			Arrays.fill(part, (byte) 0);
		}
	}

	/** The private part as PuTTY has it (its manual, appendix C.4). */
	private static byte[] putty(KeyType type, WireReader reader) throws InvalidKeyException {
		return switch (type) {
			case ED25519 -> ed25519(reader);
			case ECDSA_256, ECDSA_384, ECDSA_521 -> ecdsa(reader);
			case RSA -> rsa(reader);
			default -> throw new InvalidKeyException("PuTTY's format is written for Ed25519, ECDSA and RSA only");
		};
	}

	/** The seed; in OpenSSH's file the public point stands behind it. */
	private static byte[] ed25519(WireReader reader) throws InvalidKeyException {
		reader.string("public point");
		byte[] both = reader.string("private key");
		byte[] seed = Arrays.copyOf(both, SEED_LENGTH);
		Arrays.fill(both, (byte) 0);
		return new WireWriter().string(seed).toByteArray();
	}

	private static byte[] ecdsa(WireReader reader) throws InvalidKeyException {
		reader.string("curve");
		reader.string("public point");
		byte[] exponent = reader.string("exponent");
		byte[] shortest = shortest(exponent);
		Arrays.fill(exponent, (byte) 0);
		return new WireWriter().string(shortest).toByteArray();
	}

	/**
	 * A number without the leading bytes that an mpint must not have (RFC 4251, section
	 * 5). ssh reads over them, as in the exponents of P-521 that begin with a zero, and
	 * puttygen makes a file of them that ssh refuses.
	 */
	private static byte[] shortest(byte[] number) {
		int skipped = 0;
		while (skipped < number.length - 1 && number[skipped] == 0 && number[skipped + 1] >= 0) {
			skipped++;
		}
		return Arrays.copyOfRange(number, skipped, number.length);
	}

	private static byte[] rsa(WireReader reader) throws InvalidKeyException {
		reader.string("modulus");
		reader.string("public exponent");
		byte[] exponent = reader.string("private exponent");
		byte[] inverse = reader.string("inverse of q");
		byte[] p = reader.string("p");
		byte[] q = reader.string("q");
		return new WireWriter().string(exponent).string(p).string(q).string(inverse).toByteArray();
	}

	private static byte[] decode(byte[] text) throws InvalidKeyException {
		String lines = new String(text, StandardCharsets.US_ASCII);
		int begin = lines.indexOf(BEGIN);
		int end = lines.indexOf(END);
		if (begin < 0 || end < begin) {
			throw new InvalidKeyException("Expected a private key in OpenSSH's own format");
		}
		try {
			return Base64.getMimeDecoder().decode(Arrays.copyOfRange(text, begin + BEGIN.length(), end));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKeyException("The private key's base64 cannot be read");
		}
	}

	public PublicKey publicKey() {
		return this.publicKey;
	}

	/** The private part as PuTTY has it; a copy. */
	byte[] putty() {
		return this.putty.clone();
	}

	@Override
	public void close() {
		Arrays.fill(this.putty, (byte) 0);
	}

	/** Names the public half alone, so that no log shows the private one. */
	@Override
	public String toString() {
		return "PrivateKey[" + this.publicKey.fingerprint() + "]";
	}

}
