package io.latchkey.grants;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.Sorting;
import io.latchkey.core.VersionConflictException;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The grants: issued, changed in their end, revoked, never deleted. Instants are kept to
 * the microsecond, ends to the second, which is what sshd knows.
 */
@Service
@Transactional
public class Grants {

	/** As many are chosen to be changed at once. */
	private static final int MOST_AT_ONCE = 100;

	private static final Sorting SORTING = Sorting
		.by("id", "account", "startsAt", "expiresAt", "grantedAt", "subject", "target")
		.storedAs(Map.of("subject", "subjectName", "target", "targetName"))
		.lastFirst();

	private final GrantRepository repository;

	private final GrantPolicy policy;

	private final Teams teams;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Grants(GrantRepository repository, GrantPolicy policy, Teams teams, CurrentActor actor,
			ApplicationEventPublisher events, Clock clock) {
		this.repository = repository;
		this.policy = policy;
		this.teams = teams;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Issues a grant; the nodes that it reaches are woken in the same transaction.
	 * @throws InvalidInputException with all that is wrong with the draft; also when its
	 * account is known not to be on any of the nodes, unless it may be missing
	 */
	public Grant issue(GrantDraft draft) {
		ResolvedGrant resolved = this.policy.resolveToIssue(draft, now());
		GrantEntity entity = this.repository.save(new GrantEntity(resolved, this.actor.get().name(), now()));
		this.events.publishEvent(new GrantIssued(entity.toGrant(), entity.reach()));
		return entity.toGrant();
	}

	/** How long a grant may be from its start; empty when that is not limited. */
	@Transactional(propagation = Propagation.SUPPORTS)
	public Optional<Duration> longest() {
		return this.policy.longest();
	}

	/**
	 * What the draft would reach as a grant, with the id 0; changes nothing. The account
	 * may be missing.
	 * @throws InvalidInputException with all that is wrong with the draft
	 */
	@Transactional(readOnly = true)
	public GrantReach preview(GrantDraft draft) {
		return this.policy.resolve(draft, now()).reach();
	}

	/**
	 * @throws NotFoundException when there is none of that id
	 */
	@Transactional(readOnly = true)
	public Grant get(GrantId id) {
		return find(id).toGrant();
	}

	/**
	 * Whom it lets in where, by ids, also when it has ended.
	 * @throws NotFoundException when there is none of that id
	 */
	@Transactional(readOnly = true)
	public GrantReach reachOf(GrantId id) {
		return find(id).reach();
	}

	/** The same of those of these ids that there are, in one query. */
	@Transactional(readOnly = true)
	public List<GrantReach> reachesOf(Collection<GrantId> ids) {
		return this.repository.all(ids.stream().map(GrantId::value).toList()).stream().map(GrantEntity::reach).toList();
	}

	/** By default the newest first. */
	@Transactional(readOnly = true)
	public Page<Grant> list(GrantQuery query, Pageable page) {
		return this.repository.findAll(GrantSpecifications.of(query, now()), SORTING.apply(page))
			.map(GrantEntity::toGrant);
	}

	/**
	 * Revokes at once; a grant that is revoked already stays as it is. Never asks and
	 * never waits.
	 */
	public Grant revoke(GrantId id) {
		GrantEntity entity = find(id);
		if (!entity.isRevoked()) {
			revoke(entity);
		}
		return entity.toGrant();
	}

	/**
	 * Extends or shortens. {@code expectedVersion} null means: whatever it is.
	 * @throws InvalidInputException when the end lies in the past or before the start, or
	 * the grant has ended
	 */
	public Grant changeEnd(GrantId id, Instant expiresAt, @Nullable Long expectedVersion) {
		GrantEntity entity = find(id);
		Grant before = entity.toGrant();
		if (expectedVersion != null && expectedVersion != before.version()) {
			throw new VersionConflictException("grant", String.valueOf(id.value()));
		}
		Instant end = expiresAt.truncatedTo(ChronoUnit.SECONDS);
		this.policy.checkNewEnd(before, end, now());
		entity.changeEnd(end);
		GrantEntity saved = this.repository.save(entity);
		this.events.publishEvent(new GrantEndChanged(saved.toGrant(), saved.reach()));
		return saved.toGrant();
	}

	/**
	 * Whether the grant may end then; changes nothing.
	 * @throws InvalidInputException when the end lies in the past or before the start, or
	 * the grant has ended
	 */
	public void checkNewEnd(Grant grant, Instant expiresAt) {
		this.policy.checkNewEnd(grant, expiresAt, now());
	}

	/**
	 * @throws InvalidInputException when more are chosen than are changed at once
	 */
	public static void refuseTooMany(Collection<GrantId> chosen) {
		if (chosen.size() > MOST_AT_ONCE) {
			throw new InvalidInputException(Fault.of("grant", "grants.too-many", chosen.size(), MOST_AT_ONCE));
		}
	}

	/** The grants of these ids, in one query. */
	@Transactional(readOnly = true)
	public Map<GrantId, Grant> all(Collection<GrantId> ids) {
		return this.repository.all(ids.stream().map(GrantId::value).toList())
			.stream()
			.map(GrantEntity::toGrant)
			.collect(Collectors.toMap(Grant::id, (grant) -> grant));
	}

	/** What has not ended and lets in on one of these nodes or clusters. */
	@Transactional(readOnly = true)
	public List<GrantReach> unendedOn(Collection<NodeId> nodes, Collection<ClusterId> clusters) {
		return unendedEntitiesOn(nodes, clusters).stream().map(GrantEntity::reach).toList();
	}

	/** What let in on one of these nodes or clusters, or will, at any time since then. */
	@Transactional(readOnly = true)
	public List<GrantSpan> standingSince(Collection<NodeId> nodes, Collection<ClusterId> clusters, Instant since) {
		return this.repository
			.onTargetsSince(nodes.stream().map(NodeId::value).toList(),
					clusters.stream().map(ClusterId::value).toList(), since)
			.stream()
			.map((grant) -> new GrantSpan(grant.reach(), grant.toGrant().history().revokedAt()))
			.toList();
	}

	/** What has not ended and lets in one of these identities or teams. */
	@Transactional(readOnly = true)
	public List<GrantReach> unendedOf(Collection<IdentityId> identities, Collection<TeamId> teams) {
		return unendedEntities(identities, teams).stream().map(GrantEntity::reach).toList();
	}

	/** What has not ended and lets in the identity, also by its teams. */
	@Transactional(readOnly = true)
	public List<GrantReach> unendedOf(IdentityId identity) {
		return unendedOf(Set.of(identity), this.teams.teamsOf(identity));
	}

	void revokeAllOf(Collection<IdentityId> identities, Collection<TeamId> teams) {
		unendedEntities(identities, teams).forEach(this::revoke);
	}

	void revokeAllOn(Collection<NodeId> nodes, Collection<ClusterId> clusters) {
		unendedEntitiesOn(nodes, clusters).forEach(this::revoke);
	}

	private List<GrantEntity> unendedEntities(Collection<IdentityId> identities, Collection<TeamId> teams) {
		return this.repository.unendedOfSubjects(identities.stream().map(IdentityId::value).toList(),
				teams.stream().map(TeamId::value).toList(), now(), Subject.Kind.IDENTITY, Subject.Kind.TEAM);
	}

	private List<GrantEntity> unendedEntitiesOn(Collection<NodeId> nodes, Collection<ClusterId> clusters) {
		return this.repository.unendedOnTargets(nodes.stream().map(NodeId::value).toList(),
				clusters.stream().map(ClusterId::value).toList(), now(), Target.Kind.NODE, Target.Kind.CLUSTER);
	}

	private void revoke(GrantEntity entity) {
		entity.revoke(this.actor.get().name(), now());
		GrantEntity saved = this.repository.save(entity);
		this.events.publishEvent(new GrantRevoked(saved.toGrant(), saved.reach()));
	}

	private GrantEntity find(GrantId id) {
		return this.repository.findById(id.value())
			.orElseThrow(() -> new NotFoundException("grant", String.valueOf(id.value())));
	}

	private Instant now() {
		return this.clock.instant();
	}

}
