package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import javax.crypto.Mac;

import com.google.crypto.tink.Aead;

/**
 * Seals secrets with AES-256-GCM under a master key that lies outside the database.
 */
public class SecretVault {

	private final SymmetricKey key;

	private final Aead aead;

	SecretVault(SymmetricKey key) {
		this.key = key;
		this.aead = key.aead();
	}

	/**
	 * @param context binds the sealed bytes to their place, as
	 * {@code table:column:rowId}; the same must be given to open them
	 */
	public byte[] seal(byte[] secret, String context) {
		try {
			return this.aead.encrypt(secret, context.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Could not seal " + context, ex);
		}
	}

	/**
	 * @throws SecretUnreadableException when the bytes were sealed for another place or
	 * under another key, or were changed
	 */
	public byte[] open(byte[] sealed, String context) {
		try {
			return this.aead.decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new SecretUnreadableException(context, ex);
		}
	}

	/**
	 * Signs under a key of its own: strangers may have as much signed as they like. The
	 * same on every instance.
	 * @param purpose what is signed for one isn't taken for another
	 */
	public Signer signer(String purpose) {
		return new Signer((text) -> authenticate(text, "signed:" + purpose));
	}

	/**
	 * What only a holder of the master key can make of the message: HMAC-SHA256 (RFC
	 * 2104) under a key of its own for the context, 32 bytes.
	 * @param context binds it to its place, as {@code table:column:rowId}
	 */
	public byte[] authenticate(byte[] message, String context) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key.derive(context));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Could not authenticate " + context, ex);
		}
	}

}
