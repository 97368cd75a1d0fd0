package io.latchkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * Public keys that nobody has the private ones of, as lines of OpenSSH.
 */
public final class SampleKeys {

	private static final int ED25519_LENGTH = 32;

	private SampleKeys() {
	}

	/** A new Ed25519 key without a comment. */
	public static String ed25519() {
		try {
			byte[] encoded = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
			byte[] point = Arrays.copyOfRange(encoded, encoded.length - ED25519_LENGTH, encoded.length);
			return line("ssh-ed25519", point);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A new RSA key without a comment. */
	public static String rsa(int bits) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(bits);
			RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
			return line("ssh-rsa", key.getPublicExponent().toByteArray(), key.getModulus().toByteArray());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String line(String type, byte[]... fields) {
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		int length = Integer.BYTES + name.length
				+ Arrays.stream(fields).mapToInt((field) -> Integer.BYTES + field.length).sum();
		ByteBuffer blob = ByteBuffer.allocate(length).putInt(name.length).put(name);
		for (byte[] field : fields) {
			blob.putInt(field.length).put(field);
		}
		return type + ' ' + Base64.getEncoder().encodeToString(blob.array());
	}

}
