package io.latchkey.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;

/**
 * The key under which all secrets are sealed: 32 bytes, as text in Base64.
 */
final class SymmetricKey {

	private static final int LENGTH = 32;

	private final byte[] bytes;

	private SymmetricKey(byte[] bytes) {
		this.bytes = bytes;
	}

	static SymmetricKey generate() {
		byte[] bytes = new byte[LENGTH];
		new SecureRandom().nextBytes(bytes);
		return new SymmetricKey(bytes);
	}

	/**
	 * Returns the key, or nothing when the text is not the Base64 of 32 bytes.
	 */
	static Optional<SymmetricKey> parse(String text) {
		try {
			byte[] bytes = Base64.getDecoder().decode(text.strip());
			return (bytes.length == LENGTH) ? Optional.of(new SymmetricKey(bytes)) : Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	String render() {
		return Base64.getEncoder().encodeToString(this.bytes);
	}

	@AccessesPartialKey
	Aead aead() {
		try {
			AeadConfig.register();
			AesGcmKey key = AesGcmKey.builder()
				.setParameters(AesGcmParameters.builder()
					.setKeySizeBytes(LENGTH)
					.setIvSizeBytes(12)
					.setTagSizeBytes(16)
					.setVariant(AesGcmParameters.Variant.TINK)
					.build())
				.setKeyBytes(SecretBytes.copyFrom(this.bytes, InsecureSecretKeyAccess.get()))
				.setIdRequirement(id())
				.build();
			return KeysetHandle.newBuilder()
				.addEntry(KeysetHandle.importKey(key).makePrimary())
				.build()
				.getPrimitive(RegistryConfiguration.get(), Aead.class);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-256-GCM is not to be had", ex);
		}
	}

	/** A key for one purpose, which tells nothing of this one: HKDF-SHA256 (RFC 5869). */
	SecretKey derive(String purpose) throws GeneralSecurityException {
		byte[] derived = Hkdf.computeHkdf("HMACSHA256", this.bytes, new byte[0],
				purpose.getBytes(StandardCharsets.UTF_8), LENGTH);
		return new SecretKeySpec(derived, "HmacSHA256");
	}

	/**
	 * Stands before every sealed text, so that a later change of keys can tell whose it
	 * is.
	 */
	private int id() throws GeneralSecurityException {
		return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(this.bytes)).getInt();
	}

}
