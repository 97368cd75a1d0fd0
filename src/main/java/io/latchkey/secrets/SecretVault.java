package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

import com.google.crypto.tink.Aead;

/**
 * Seals secrets with AES-256-GCM under a master key that lies outside the database.
 */
public class SecretVault {

	private final Aead aead;

	private final MasterKey key;

	SecretVault(MasterKey key) {
		this.aead = key.aead();
		this.key = key;
	}

	/**
	 * Signs under a key of its own: strangers may have as much signed as they like, and
	 * it tells nothing of the key that seals. The same on every instance.
	 * @param purpose what is signed for one isn't taken for another
	 */
	public Signer signer(String purpose) {
		return new Signer(this.key.derive(purpose));
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

}
