package io.latchkey.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.openssh.Fingerprint;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whose the keys are.
 */
@Service
@Transactional(readOnly = true)
public class HeldKeys {

	private final IdentityKeys keys;

	HeldKeys(IdentityKeys keys) {
		this.keys = keys;
	}

	/** The name of the identity that has the key. */
	public Optional<String> ownerOf(Fingerprint fingerprint) {
		return Optional.ofNullable(ownersOf(Set.of(fingerprint)).get(fingerprint));
	}

	/** The names of the identities that have these keys. */
	public Map<Fingerprint, String> ownersOf(Collection<Fingerprint> fingerprints) {
		return this.keys.ownersOf(fingerprints);
	}

	/** All keys of these, also of those that are suspended, with whose they are. */
	public Map<Fingerprint, IdentityId> holdersOfKeysOf(Collection<IdentityId> ids) {
		return this.keys.holdersOfKeysOf(ids);
	}

	/**
	 * The keys of those that are not suspended, expired ones included.
	 */
	public List<HeldKey> activeKeysOf(Collection<IdentityId> ids) {
		return activeKeys(ids).keys();
	}

	/**
	 * The same, and which others they have that cannot be read; in one query.
	 */
	public ActiveKeys activeKeys(Collection<IdentityId> ids) {
		return this.keys.activeOf(ids);
	}

	/**
	 * The keys that end within the time that {@code latchkey.keys.ending-within} says,
	 * the first to end first.
	 */
	public List<HeldKey> endingSoon() {
		return this.keys.endingSoon();
	}

}
