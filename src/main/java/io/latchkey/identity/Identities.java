package io.latchkey.identity;

import io.latchkey.core.Saved;
import io.latchkey.openssh.Fingerprint;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/**
 * The identities and their public keys.
 */
public class Identities {

	public Identity create(IdentityDraft draft) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Creates or replaces by name; keys and teams stay.
	 */
	public Saved<Identity> put(IdentityDraft draft, @Nullable Long expectedVersion) {
		throw new UnsupportedOperationException();
	}

	public void delete(String name) {
		throw new UnsupportedOperationException();
	}

	public Identity get(String name) {
		throw new UnsupportedOperationException();
	}

	public Optional<Identity> find(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param query a part of the name or display name, or null for all
	 */
	public Page<Identity> list(@Nullable String query, Pageable page) {
		throw new UnsupportedOperationException();
	}

	public Identity suspend(String name) {
		throw new UnsupportedOperationException();
	}

	public Identity resume(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Takes a public key as people hand it in.
	 */
	public IdentityKey addKey(String name, String publicKey, @Nullable String comment, @Nullable Instant expiresAt) {
		throw new UnsupportedOperationException();
	}

	public void removeKey(String name, Fingerprint fingerprint) {
		throw new UnsupportedOperationException();
	}

	public Optional<String> ownerOf(Fingerprint fingerprint) {
		throw new UnsupportedOperationException();
	}

}
