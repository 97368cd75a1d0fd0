package io.latchkey.openssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes a private key as PuTTY's {@code .ppk}, version 3 (PuTTY's manual, appendix C).
 * With a passphrase it is encrypted with AES-256 in CBC mode, by a key from Argon2id; in
 * both cases an HMAC-SHA-256 covers everything that the file says.
 */
public final class PuttyKeyFile {

	private static final int LINE_LENGTH = 64;

	private static final int BLOCK = 16;

	private static final int CIPHER_KEY = 32;

	private static final int DERIVED = CIPHER_KEY + BLOCK + 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final PrivateKey key;

	private final String comment;

	/**
	 * @param comment in one line
	 */
	public PuttyKeyFile(PrivateKey key, String comment) {
		if (comment.lines().count() > 1) {
			throw new IllegalArgumentException("Expected a comment in one line");
		}
		this.key = key;
		this.comment = comment;
	}

	/** As it stands: whoever has the file has the key. */
	public byte[] render() {
		byte[] plain = this.key.putty();
		// A key of no bytes, which Java does not take, and one zero byte make the same
		// HMAC.
		byte[] mac = mac(new byte[1], "none", plain);
		return file("none", "", plain, mac);
	}

	/**
	 * Encrypted by a passphrase.
	 * @param argon2id makes the key of it
	 */
	public byte[] render(byte[] passphrase, KeyDerivation argon2id) {
		byte[] salt = random(16);
		byte[] derived = argon2id.derive(passphrase, salt, DERIVED);
		byte[] plain = padded(this.key.putty());
		try {
			byte[] mac = mac(Arrays.copyOfRange(derived, CIPHER_KEY + BLOCK, DERIVED), "aes256-cbc", plain);
			String derivation = """
					Key-Derivation: Argon2id
					Argon2-Memory: %d
					Argon2-Passes: %d
					Argon2-Parallelism: %d
					Argon2-Salt: %s
					""".formatted(argon2id.memoryInKib(), argon2id.passes(), argon2id.parallelism(),
					HexFormat.of().formatHex(salt));
			return file("aes256-cbc", derivation, encrypt(plain, derived), mac);
		}
		finally {
			Arrays.fill(derived, (byte) 0);
			Arrays.fill(plain, (byte) 0);
		}
	}

	private byte[] file(String encryption, String derivation, byte[] privatePart, byte[] mac) {
		StringBuilder file = new StringBuilder();
		file.append("PuTTY-User-Key-File-3: ").append(this.key.publicKey().type()).append('\n');
		file.append("Encryption: ").append(encryption).append('\n');
		file.append("Comment: ").append(this.comment).append('\n');
		lines(file, "Public-Lines: ", this.key.publicKey().blob());
		file.append(derivation);
		lines(file, "Private-Lines: ", privatePart);
		file.append("Private-MAC: ").append(HexFormat.of().formatHex(mac)).append('\n');
		Arrays.fill(privatePart, (byte) 0);
		return file.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void lines(StringBuilder file, String header, byte[] content) {
		String base64 = Base64.getEncoder().encodeToString(content);
		file.append(header).append((base64.length() + LINE_LENGTH - 1) / LINE_LENGTH).append('\n');
		for (int at = 0; at < base64.length(); at += LINE_LENGTH) {
			file.append(base64, at, Math.min(base64.length(), at + LINE_LENGTH)).append('\n');
		}
	}

	private byte[] mac(byte[] macKey, String encryption, byte[] plain) {
		byte[] covered = new WireWriter().text(this.key.publicKey().type())
			.text(encryption)
			.text(this.comment)
			.string(this.key.publicKey().blob())
			.string(plain)
			.toByteArray();
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(macKey, "HmacSHA256"));
			return mac.doFinal(covered);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has HmacSHA256", ex);
		}
		finally {
			Arrays.fill(covered, (byte) 0);
			Arrays.fill(macKey, (byte) 0);
		}
	}

	private static byte[] encrypt(byte[] plain, byte[] derived) {
		try {
			Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(derived, 0, CIPHER_KEY, "AES"),
					new IvParameterSpec(derived, CIPHER_KEY, BLOCK));
			return cipher.doFinal(plain);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has AES", ex);
		}
	}

	/** With bytes that nobody knows up to the next block; the HMAC covers them. */
	private static byte[] padded(byte[] plain) {
		byte[] padding = random(Math.floorMod(-plain.length, BLOCK));
		byte[] padded = Arrays.copyOf(plain, plain.length + padding.length);
		System.arraycopy(padding, 0, padded, plain.length, padding.length);
		Arrays.fill(plain, (byte) 0);
		return padded;
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	/**
	 * Argon2id (RFC 9106), which Java itself does not have, and how much it costs.
	 */
	public interface KeyDerivation {

		int memoryInKib();

		int passes();

		int parallelism();

		byte[] derive(byte[] passphrase, byte[] salt, int length);

	}

}
