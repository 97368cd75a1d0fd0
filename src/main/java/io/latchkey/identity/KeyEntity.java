package io.latchkey.identity;

import java.time.Instant;

import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKey;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "identity_key")
class KeyEntity {

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

	IdentityKey toIdentityKey() {
		try {
			return new IdentityKey(PublicKey.parse(this.publicKey), this.comment, this.addedAt, this.expiresAt);
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException("The stored key " + this.fingerprint + " cannot be read", ex);
		}
	}

}
