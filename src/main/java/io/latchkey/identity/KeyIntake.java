package io.latchkey.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

import io.latchkey.core.Fault;
import io.latchkey.core.FreeText;
import io.latchkey.core.InvalidInputException;
import io.latchkey.identity.KeyRefusedException.Reason;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.KeyPolicy;
import io.latchkey.openssh.PrivateKeyException;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.openssh.WeakKeyException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes public keys as people hand them in, and refuses those that should stand in no
 * file.
 */
@Component
class KeyIntake {

	/** More than any key needs: RSA with 16384 bits has 2.8 kB. */
	private static final int LIMIT = 16384;

	private final Clock clock;

	private final KeyPolicy policy;

	KeyIntake(Clock clock, KeyProperties properties) {
		this.clock = clock;
		this.policy = properties.policy();
	}

	IdentityKey take(String text, @Nullable String comment, @Nullable Instant expiresAt) {
		PublicKeyText key = read(text);
		Instant now = this.clock.instant();
		if (expiresAt != null && !expiresAt.isAfter(now)) {
			throw new InvalidInputException(Fault.of("expiresAt", "instant.past"));
		}
		String line = FreeText.oneLine((comment != null) ? comment : key.comment());
		return new IdentityKey(key.key(), line, now, expiresAt);
	}

	private PublicKeyText read(String text) {
		if (text.isBlank()) {
			throw new InvalidInputException(Fault.of("publicKey", "key.missing"));
		}
		try {
			PublicKeyText key = PublicKeyText.parse(text);
			if (key.key().isCertificate()) {
				throw new KeyRefusedException(Reason.INVALID_KEY,
						"This is a certificate. Expected the plain public key that it was made for");
			}
			if (key.key().render().length() > LIMIT) {
				throw new KeyRefusedException(Reason.INVALID_KEY,
						"The key is too long. Expected no more than " + LIMIT + " characters");
			}
			this.policy.check(key.key());
			return key;
		}
		catch (WeakKeyException ex) {
			throw new KeyRefusedException(Reason.WEAK_KEY, text(ex));
		}
		catch (PrivateKeyException ex) {
			throw new KeyRefusedException(Reason.PRIVATE_KEY, text(ex));
		}
		catch (InvalidKeyException ex) {
			throw new KeyRefusedException(Reason.INVALID_KEY, text(ex));
		}
	}

	private static String text(Exception ex) {
		return Objects.requireNonNull(ex.getMessage());
	}

}
