package io.latchkey.identity;

import java.time.Instant;
import java.util.Optional;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Entity
@Table(name = "identity_key")
class KeyEntity {

	private static final Logger log = LoggerFactory.getLogger(KeyEntity.class);

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private long identityId;

	private String fingerprint;

	private String publicKey;

	private String comment;

	private Instant addedAt;

	private @Nullable Instant expiresAt;

	@SuppressWarnings("NullAway.Init")
	protected KeyEntity() {
	}

	KeyEntity(IdentityId identity, IdentityKey key) {
		this.identityId = identity.value();
		this.fingerprint = key.key().fingerprint().value();
		this.publicKey = key.key().render();
		this.comment = key.comment();
		this.addedAt = key.addedAt();
		this.expiresAt = key.expiresAt();
	}

	IdentityId identity() {
		return new IdentityId(this.identityId);
	}

	Fingerprint fingerprint() {
		return Fingerprint.parse(this.fingerprint);
	}

	@Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	void endAt(Instant end) {
		this.expiresAt = end;
	}

	String comment() {
		return this.comment;
	}

	/** As it is stored, whatever that is. */
	String storedFingerprint() {
		return this.fingerprint;
	}

	/**
	 * The key; nothing when it cannot be read as it is stored. Such a one is passed over:
	 * it lets nobody in, and must not hold up what is done about the others.
	 */
	Optional<IdentityKey> read() {
		try {
			return Optional
				.of(new IdentityKey(PublicKey.parse(this.publicKey), this.comment, this.addedAt, this.expiresAt));
		}
		catch (InvalidKeyException ex) {
			log.error("The stored key {} cannot be read, and is passed over: {}", this.fingerprint, ex.getMessage());
			return Optional.empty();
		}
	}

}
