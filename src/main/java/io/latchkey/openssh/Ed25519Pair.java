package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A new Ed25519 key pair without a passphrase; its private half in OpenSSH's own format
 * (PROTOCOL.key of OpenSSH). Closing it wipes what it holds.
 */
public final class Ed25519Pair implements AutoCloseable {

	private static final String TYPE = "ssh-ed25519";

	private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----\n";

	private static final String END = "\n-----END OPENSSH PRIVATE KEY-----\n";

	private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

	private static final int LINE = 70;

	/** Bytes of a point, at the end of its encoding (RFC 8410). */
	private static final int POINT = 32;

	/** The private part is padded to a multiple of it, for there is no cipher. */
	private static final int BLOCK = 8;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final PublicKey publicKey;

	private final byte[] privateKey;

	private Ed25519Pair(PublicKey publicKey, byte[] privateKey) {
		this.publicKey = publicKey;
		this.privateKey = privateKey;
	}

	/**
	 * @param comment stands in the private half
	 */
	public static Ed25519Pair generate(String comment) {
		try {
			KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
			byte[] encoded = pair.getPublic().getEncoded();
			byte[] point = Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length);
			byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
			byte[] blob = new WireWriter().text(TYPE).string(point).toByteArray();
			byte[] both = Arrays.copyOf(seed, 2 * POINT);
			System.arraycopy(point, 0, both, POINT, POINT);
			byte[] file = render(blob, point, both, comment);
			Arrays.fill(seed, (byte) 0);
			Arrays.fill(both, (byte) 0);
			return new Ed25519Pair(PublicKey.of(blob), file);
		}
		catch (GeneralSecurityException | InvalidKeyException ex) {
			throw new IllegalStateException("Could not make an Ed25519 key pair", ex);
		}
	}

	private static byte[] render(byte[] blob, byte[] point, byte[] both, String comment) {
		byte[] check = new byte[4];
		RANDOM.nextBytes(check);
		WireWriter part = new WireWriter().raw(check).raw(check).text(TYPE).string(point).string(both).text(comment);
		byte[] bare = part.toByteArray();
		for (byte pad = 1; (bare.length + pad - 1) % BLOCK != 0; pad++) {
			part.raw(new byte[] { pad });
		}
		byte[] one = { 0, 0, 0, 1 };
		byte[] bytes = new WireWriter().raw(MAGIC)
			.text("none")
			.text("none")
			.text("")
			.raw(one)
			.string(blob)
			.string(part.toByteArray())
			.toByteArray();
		byte[] lines = Base64.getMimeEncoder(LINE, new byte[] { '\n' }).encode(bytes);
		Arrays.fill(bare, (byte) 0);
		Arrays.fill(bytes, (byte) 0);
		byte[] file = new byte[BEGIN.length() + lines.length + END.length()];
		System.arraycopy(BEGIN.getBytes(StandardCharsets.US_ASCII), 0, file, 0, BEGIN.length());
		System.arraycopy(lines, 0, file, BEGIN.length(), lines.length);
		System.arraycopy(END.getBytes(StandardCharsets.US_ASCII), 0, file, BEGIN.length() + lines.length, END.length());
		Arrays.fill(lines, (byte) 0);
		return file;
	}

	public PublicKey publicKey() {
		return this.publicKey;
	}

	/** The private half as it stands in its file; a copy. */
	public byte[] privateKey() {
		return this.privateKey.clone();
	}

	@Override
	public void close() {
		Arrays.fill(this.privateKey, (byte) 0);
	}

	/** Tells nothing of the private half. */
	@Override
	public String toString() {
		return "Ed25519Pair[" + this.publicKey.fingerprint() + "]";
	}

}
