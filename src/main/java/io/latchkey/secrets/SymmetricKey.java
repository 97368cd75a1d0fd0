package io.latchkey.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
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
 * A key that seals and authenticates: 32 bytes, as text in Base64. Known by an id that is
 * told from it.
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

	static SymmetricKey of(byte[] bytes) {
		if (bytes.length != LENGTH) {
			throw new IllegalArgumentException("A key has %d bytes, not %d".formatted(LENGTH, bytes.length));
		}
		return new SymmetricKey(bytes.clone());
	}

	/** To be wiped by who asked. */
	byte[] bytes() {
		return this.bytes.clone();
	}

	/** In eight hex digits. */
	String id() {
		return "%08x".formatted(number());
	}

	Aead aead() {
		return aead(List.of(this), this);
	}

	/**
	 * Seals under one of the keys, and opens what any of them sealed. Before each sealed
	 * text stand a byte of 1 and the id of its key.
	 */
	static Aead aead(Collection<SymmetricKey> keys, SymmetricKey sealing) {
		try {
			AeadConfig.register();
			KeysetHandle.Builder keyset = KeysetHandle.newBuilder();
			for (SymmetricKey key : keys) {
				KeysetHandle.Builder.Entry entry = KeysetHandle.importKey(key.aesGcm());
				keyset.addEntry((key == sealing) ? entry.makePrimary() : entry);
			}
			return keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES-256-GCM is not to be had", ex);
		}
	}

	@AccessesPartialKey
	private AesGcmKey aesGcm() throws GeneralSecurityException {
		return AesGcmKey.builder()
			.setParameters(AesGcmParameters.builder()
				.setKeySizeBytes(LENGTH)
				.setIvSizeBytes(12)
				.setTagSizeBytes(16)
				.setVariant(AesGcmParameters.Variant.TINK)
				.build())
			.setKeyBytes(SecretBytes.copyFrom(this.bytes, InsecureSecretKeyAccess.get()))
			.setIdRequirement(number())
			.build();
	}

	/** A key for one purpose, which tells nothing of this one: HKDF-SHA256 (RFC 5869). */
	SymmetricKey derive(String purpose) {
		try {
			return new SymmetricKey(Hkdf.computeHkdf("HMACSHA256", this.bytes, new byte[0],
					purpose.getBytes(StandardCharsets.UTF_8), LENGTH));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HKDF-SHA256 is not to be had", ex);
		}
	}

	/** HMAC-SHA256 (RFC 2104), 32 bytes. */
	byte[] authenticate(byte[] message) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.bytes, "HmacSHA256"));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HMAC-SHA256 is not to be had", ex);
		}
	}

	private int number() {
		try {
			return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(this.bytes)).getInt();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-256 is not to be had", ex);
		}
	}

}
