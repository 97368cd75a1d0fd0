package io.latchkey.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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

	private final ApplicationEventPublisher events;

	private final TransactionTemplate ownTransaction;

	IdentityKeys(KeyRepository keys, KeyIntake intake, ApplicationEventPublisher events,
			PlatformTransactionManager transactions) {
		this.keys = keys;
		this.intake = intake;
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
		List<KeyEntity> all = this.keys.findByIdentityIdInOrderById(List.of(identity.value()));
		this.keys.deleteAll(all);
		return all.stream().map(KeyEntity::fingerprint).toList();
	}

	Map<Fingerprint, String> ownersOf(Collection<Fingerprint> fingerprints) {
		return this.keys.ownersOf(fingerprints.stream().map(Fingerprint::value).toList())
			.stream()
			.collect(toMap((owned) -> Fingerprint.parse(owned.getFingerprint()), KeyRepository.Owned::getOwner));
	}

	List<HeldKey> activeOf(Collection<IdentityId> identities) {
		return this.keys.findActive(identities.stream().map(IdentityId::value).toList())
			.stream()
			.map((held) -> new HeldKey(held.key().identity(), held.identityName(), held.key().toIdentityKey()))
			.toList();
	}

}
