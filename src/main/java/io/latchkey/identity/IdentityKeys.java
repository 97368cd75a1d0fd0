package io.latchkey.identity;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.UniqueConstraint;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static java.util.stream.Collectors.toMap;

/**
 * The keys of the identities; each belongs to one only. Works in the transaction of
 * {@link Identities}.
 */
@Component
class IdentityKeys {

	private static final UniqueConstraint UNIQUE_FINGERPRINT = new UniqueConstraint("uq_identity_key_fingerprint");

	private final KeyRepository keys;

	private final KeyIntake intake;

	private final KeyProperties properties;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate ownTransaction;

	IdentityKeys(KeyRepository keys, KeyIntake intake, KeyProperties properties, Clock clock,
			ApplicationEventPublisher events, PlatformTransactionManager transactions) {
		this.keys = keys;
		this.intake = intake;
		this.properties = properties;
		this.clock = clock;
		this.events = events;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	IdentityKey add(IdentityEntity identity, String publicKey, @Nullable String comment, @Nullable Instant expiresAt) {
		IdentityKey key = this.intake.take(publicKey, comment, expiresAt);
		Fingerprint fingerprint = key.key().fingerprint();
		String owner = ownersOf(List.of(fingerprint)).get(fingerprint);
		if (owner != null) {
			throw new DuplicateKeyException(fingerprint, owner);
		}
		insert(new KeyEntity(identity.id(), key));
		identity.touch();
		this.keys.flush();
		this.events.publishEvent(new KeyAdded(identity.id(), identity.name(), fingerprint, key.comment()));
		return key;
	}

	/**
	 * Gives the key that is replaced its end; one that ends before that anyway keeps it.
	 */
	void replace(IdentityEntity identity, KeyReplacement replacement, Fingerprint replacedBy) {
		Instant end = this.clock.instant().plus(replacement.overlap()).truncatedTo(ChronoUnit.SECONDS);
		KeyEntity key = held(identity, replacement.replaces());
		Instant before = key.expiresAt();
		if (before == null || end.isBefore(before)) {
			key.endAt(end);
			identity.touch();
			this.keys.flush();
			this.events.publishEvent(
					new KeyEndChanged(identity.id(), identity.name(), replacement.replaces(), end, replacedBy));
		}
	}

	/** Before anything is changed. */
	void check(IdentityEntity identity, KeyReplacement replacement) {
		if (replacement.overlap().isNegative() || replacement.overlap().compareTo(KeyReplacement.LONGEST_OVERLAP) > 0) {
			throw new InvalidInputException(
					Fault.of("overlap", "key.overlap", KeyReplacement.LONGEST_OVERLAP.toDays()));
		}
		held(identity, replacement.replaces());
	}

	private KeyEntity held(IdentityEntity identity, Fingerprint fingerprint) {
		return this.keys.findByIdentityIdAndFingerprint(identity.id().value(), fingerprint.value())
			.orElseThrow(() -> new InvalidInputException(Fault.of("replaces", "key.not-held", identity.name())));
	}

	/** Those of active identities that end soon, the first first. */
	List<HeldKey> endingSoon() {
		Instant now = this.clock.instant();
		return held(this.keys.findEnding(now, now.plus(this.properties.endingWithin()))).keys();
	}

	private static ActiveKeys held(List<KeyRepository.Held> all) {
		List<HeldKey> keys = new ArrayList<>();
		List<UnreadableKey> unreadable = new ArrayList<>();
		for (KeyRepository.Held held : all) {
			IdentityId identity = held.key().identity();
			held.key()
				.read()
				.ifPresentOrElse((key) -> keys.add(new HeldKey(identity, held.identityName(), key)), () -> unreadable
					.add(new UnreadableKey(identity, held.identityName(), held.key().storedFingerprint())));
		}
		return new ActiveKeys(keys, unreadable);
	}

	private void insert(KeyEntity key) {
		try {
			this.keys.saveAndFlush(key);
		}
		catch (DataIntegrityViolationException ex) {
			Optional<String> owner = UNIQUE_FINGERPRINT.isViolatedBy(ex) ? ownerInOwnTransaction(key.fingerprint())
					: Optional.empty();
			throw owner.<RuntimeException>map((name) -> new DuplicateKeyException(key.fingerprint(), name)).orElse(ex);
		}
	}

	/** After a violation PostgreSQL answers nothing more in the transaction at hand. */
	private Optional<String> ownerInOwnTransaction(Fingerprint fingerprint) {
		AtomicReference<@Nullable String> owner = new AtomicReference<>();
		this.ownTransaction
			.executeWithoutResult((status) -> owner.set(ownersOf(List.of(fingerprint)).get(fingerprint)));
		return Optional.ofNullable(owner.get());
	}

	void remove(IdentityEntity identity, Fingerprint fingerprint) {
		this.keys.findByIdentityIdAndFingerprint(identity.id().value(), fingerprint.value()).ifPresent((key) -> {
			this.keys.delete(key);
			identity.touch();
			this.keys.flush();
			this.events.publishEvent(new KeyRemoved(identity.id(), identity.name(), fingerprint, key.comment()));
		});
	}

	/** Returns the fingerprints of those that there were. */
	List<Fingerprint> removeAll(IdentityId identity) {
		List<KeyEntity> all = this.keys.allOf(List.of(identity.value()));
		this.keys.deleteAll(all);
		return all.stream().flatMap((key) -> Fingerprint.find(key.storedFingerprint()).stream()).toList();
	}

	Map<Fingerprint, String> ownersOf(Collection<Fingerprint> fingerprints) {
		return this.keys.ownersOf(fingerprints.stream().map(Fingerprint::value).toList())
			.stream()
			.collect(toMap((owned) -> Fingerprint.parse(owned.getFingerprint()), KeyRepository.Owned::getOwner));
	}

	Map<Fingerprint, IdentityId> holdersOfKeysOf(Collection<IdentityId> identities) {
		Map<Fingerprint, IdentityId> holders = new HashMap<>();
		this.keys.allOf(identities.stream().map(IdentityId::value).toList())
			.forEach((key) -> Fingerprint.find(key.storedFingerprint())
				.ifPresent((fingerprint) -> holders.put(fingerprint, key.identity())));
		return holders;
	}

	ActiveKeys activeOf(Collection<IdentityId> identities) {
		return held(this.keys.findActive(identities.stream().map(IdentityId::value).toList()));
	}

}
