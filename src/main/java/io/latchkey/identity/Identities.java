package io.latchkey.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.IdAndName;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NamedKind;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.Saved;
import io.latchkey.core.SearchText;
import io.latchkey.core.Sorting;
import io.latchkey.core.UniqueConstraint;
import io.latchkey.core.VersionConflictException;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * The identities and their public keys.
 */
@Service
@Transactional
public class Identities {

	private static final NamedKind KIND = new NamedKind("identity", new UniqueConstraint("uq_identity_name"));

	private static final Sorting SORTING = Sorting.by("name", "displayName", "kind", "status");

	private final IdentityRepository identities;

	private final IdentityReader reader;

	private final IdentityKeys keys;

	private final TeamRepository teams;

	private final ApplicationEventPublisher events;

	Identities(IdentityRepository identities, IdentityReader reader, IdentityKeys keys, TeamRepository teams,
			ApplicationEventPublisher events) {
		this.identities = identities;
		this.reader = reader;
		this.keys = keys;
		this.teams = teams;
		this.events = events;
	}

	/**
	 * @throws NameInUseException when there is one of that name
	 */
	public Identity create(IdentityDraft draft) {
		return add(IdentityCheck.check(draft));
	}

	/**
	 * Creates or replaces by name; keys and teams stay.
	 * @throws VersionConflictException when it is not of the expected version
	 */
	public Saved<Identity> put(IdentityDraft draft, @Nullable Long expectedVersion) {
		IdentityDraft checked = IdentityCheck.check(draft);
		Optional<IdentityEntity> existing = this.identities.lockByName(checked.name());
		KIND.checkVersion(checked.name(), existing.map(IdentityEntity::version), expectedVersion);
		return Saved.of(existing, (entity) -> replace(entity, checked), () -> add(checked));
	}

	private Identity add(IdentityDraft draft) {
		KIND.checkIsFree(draft.name(), this.identities.findByName(draft.name()));
		IdentityEntity entity = KIND.inserted(draft.name(),
				() -> this.identities.saveAndFlush(new IdentityEntity(draft)));
		publish(new IdentityCreated(entity.id(), entity.name(), draft.kind()));
		return this.reader.read(entity);
	}

	private Identity replace(IdentityEntity entity, IdentityDraft draft) {
		List<String> fields = entity.change(draft);
		if (!fields.isEmpty()) {
			publish(new IdentityChanged(entity.id(), entity.name(), fields));
		}
		return this.reader.read(entity);
	}

	/**
	 * Deletes it, its keys and its memberships; its name and keys are free again. When
	 * there is none, nothing happens.
	 */
	public void delete(String name) {
		this.identities.findIdByName(name)
			.map(this.teams::lockAllWith)
			.ifPresent((left) -> this.identities.lockByName(name).ifPresent((entity) -> delete(entity, left)));
	}

	private void delete(IdentityEntity entity, List<TeamEntity> left) {
		this.events.publishEvent(new IdentityLeaving(entity.id()));
		left.forEach((team) -> {
			team.memberKeys().remove(entity.key());
			team.touch();
		});
		List<Fingerprint> fingerprints = this.keys.removeAll(entity.id());
		this.identities.delete(entity);
		publish(new IdentityDeleted(entity.id(), entity.name(),
				left.stream().map(TeamEntity::id).collect(toUnmodifiableSet()), fingerprints));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Identity get(String name) {
		return find(name).orElseThrow(() -> KIND.notFound(name));
	}

	@Transactional(readOnly = true)
	public Optional<Identity> find(String name) {
		return this.identities.findByName(name).map(this.reader::read);
	}

	/**
	 * Sorted by name unless the page says otherwise.
	 * @param query a part of the name or display name, or null for all
	 */
	@Transactional(readOnly = true)
	public Page<Identity> list(@Nullable String query, Pageable page) {
		return this.reader.read(this.identities.search(SearchText.pattern(query), SORTING.apply(page)));
	}

	/**
	 * Takes its keys off all nodes until it is resumed.
	 */
	public Identity suspend(String name) {
		IdentityEntity entity = lock(name);
		if (entity.become(IdentityStatus.SUSPENDED)) {
			publish(new IdentitySuspended(entity.id(), name));
		}
		return this.reader.read(entity);
	}

	/**
	 * Puts its keys back where they are still granted.
	 */
	public Identity resume(String name) {
		IdentityEntity entity = lock(name);
		if (entity.become(IdentityStatus.ACTIVE)) {
			publish(new IdentityResumed(entity.id(), name));
		}
		return this.reader.read(entity);
	}

	/**
	 * Takes a public key as people hand it in: one line of OpenSSH, RFC 4716, or a PuTTY
	 * file.
	 * @param comment null for the one in the key's text
	 * @throws KeyRefusedException when it is private, weak or no key
	 * @throws DuplicateKeyException when an identity has it already
	 */
	public IdentityKey addKey(String name, String publicKey, @Nullable String comment, @Nullable Instant expiresAt) {
		return this.keys.add(lock(name), publicKey, comment, expiresAt);
	}

	/**
	 * Takes a public key in the place of another of the identity, which lets in for a
	 * while beside it and then no more.
	 * @throws InvalidInputException when the identity has not the other, or the overlap
	 * is too long
	 * @see #addKey(String, String, String, Instant)
	 */
	public IdentityKey replaceKey(String name, String publicKey, @Nullable String comment, @Nullable Instant expiresAt,
			KeyReplacement replacement) {
		IdentityEntity identity = lock(name);
		this.keys.check(identity, replacement);
		IdentityKey added = this.keys.add(identity, publicKey, comment, expiresAt);
		this.keys.replace(identity, replacement, added.key().fingerprint());
		return added;
	}

	/**
	 * Takes a key away; when the identity does not have it, nothing happens.
	 */
	public void removeKey(String name, Fingerprint fingerprint) {
		this.keys.remove(lock(name), fingerprint);
	}

	/**
	 * Holds it as it is until the transaction ends: nobody changes its keys or teams in
	 * between. Empty when there is none.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<IdentityId> hold(String name) {
		this.identities.findIdByName(name).ifPresent(this.teams::lockAllWith);
		return this.identities.lockByName(name).map(IdentityEntity::id);
	}

	private IdentityEntity lock(String name) {
		return this.identities.lockByName(name).orElseThrow(() -> KIND.notFound(name));
	}

	/** Listeners see the change, with whatever they read it. */
	private void publish(AuditableEvent event) {
		this.identities.flush();
		this.events.publishEvent(event);
	}

	/** Those of these that are suspended. */
	@Transactional(readOnly = true)
	public Set<IdentityId> suspendedAmong(Collection<IdentityId> ids) {
		return this.identities.suspendedAmong(ids.stream().map(IdentityId::value).toList())
			.stream()
			.map(IdentityId::new)
			.collect(toUnmodifiableSet());
	}

	/**
	 * @throws NotFoundException when there is none of that name
	 */
	@Transactional(readOnly = true)
	public IdentityId idOf(String name) {
		return this.identities.findIdByName(name).map(IdentityId::new).orElseThrow(() -> KIND.notFound(name));
	}

	/** The ids of those that there are. */
	@Transactional(readOnly = true)
	public Map<String, IdentityId> idsByName(Collection<String> names) {
		return this.identities.idsOf(names)
			.stream()
			.collect(toMap(IdAndName::getName, (named) -> new IdentityId(named.getId())));
	}

	/** The names of those that there are. */
	@Transactional(readOnly = true)
	public Map<IdentityId, String> namesOf(Collection<IdentityId> ids) {
		return this.identities.namesOf(ids.stream().map(IdentityId::value).toList())
			.stream()
			.collect(toMap((named) -> new IdentityId(named.getId()), IdAndName::getName));
	}

}
