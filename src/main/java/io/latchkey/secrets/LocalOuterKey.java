package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import com.google.crypto.tink.Aead;

/**
 * An outer key that this process holds: from a file, the environment, or systemd.
 */
final class LocalOuterKey implements OuterKey {

	private final SymmetricKey key;

	private final String source;

	private final Aead aead;

	LocalOuterKey(SymmetricKey key, String source) {
		this.key = key;
		this.source = source;
		// Once the key sealed the secrets itself, and is then wrapped as a data key.
		this.aead = key.derive("secret_data_key:outer").aead();
	}

	@Override
	public String id() {
		return "local:" + this.key.id();
	}

	@Override
	public String source() {
		return this.source;
	}

	SymmetricKey key() {
		return this.key;
	}

	@Override
	public String wrap(SymmetricKey wrapped, String context) {
		byte[] bytes = wrapped.bytes();
		try {
			return Base64.getEncoder()
				.encodeToString(this.aead.encrypt(bytes, context.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Could not wrap " + context, ex);
		}
		finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	@Override
	public SymmetricKey unwrap(String wrapped, String context) {
		try {
			byte[] bytes = this.aead.decrypt(Base64.getDecoder().decode(wrapped),
					context.getBytes(StandardCharsets.UTF_8));
			try {
				return SymmetricKey.of(bytes);
			}
			finally {
				Arrays.fill(bytes, (byte) 0);
			}
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new SecretUnreadableException(context, ex);
		}
	}

}
