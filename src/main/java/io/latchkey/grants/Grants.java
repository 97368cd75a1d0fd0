package io.latchkey.grants;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.VersionConflictException;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.inventory.ClusterId;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
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

	private static final int MOST_ENDING = 200;

	private static final Map<String, String> SORT_KEYS = Map.of("id", "id", "account", "account", "startsAt",
			"startsAt", "expiresAt", "expiresAt", "grantedAt", "grantedAt", "subject", "subjectName", "target",
			"targetName");

	private final GrantRepository repository;

	private final GrantPolicy policy;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Grants(GrantRepository repository, GrantPolicy policy, CurrentActor actor, ApplicationEventPublisher events,
			Clock clock) {
		this.repository = repository;
		this.policy = policy;
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
		ResolvedGrant resolved = this.policy.resolve(draft, now());
		return new GrantReach(new GrantId(0), draft.subject().kind(), resolved.subjectId(), draft.target().kind(),
				resolved.targetId(), draft.account(), resolved.startsAt(), resolved.expiresAt(), draft.options());
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

	/**
	 * Lists grants, by default the newest first.
	 */
	@Transactional(readOnly = true)
	public Page<Grant> list(GrantQuery query, Pageable page) {
		return this.repository.findAll(GrantSpecifications.of(query, now()), sorted(page)).map(GrantEntity::toGrant);
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
	 * The grants that are active and end within the window, soonest first; at most 200.
	 */
	@Transactional(readOnly = true)
	public List<Grant> endingWithin(Duration window) {
		return this.repository.endingBetween(now(), now().plus(window), Limit.of(MOST_ENDING))
			.stream()
			.map(GrantEntity::toGrant)
			.toList();
	}

	/** How many are active and end within the window. */
	@Transactional(readOnly = true)
	public long countEndingWithin(Duration window) {
		return this.repository.countEndingBetween(now(), now().plus(window));
	}

	/** How many are active. */
	@Transactional(readOnly = true)
	public long countActive() {
		return this.repository.countActive(now());
	}

	/**
	 * How much access there is now: the clusters by name, then the nodes named one by
	 * one.
	 * @param soon how long before its end a grant counts as ending
	 */
	@Transactional(readOnly = true)
	public List<TargetTally> activeByTarget(Duration soon) {
		Instant now = now();
		List<TargetTally> clusters = this.repository.tallyByName(Target.Kind.CLUSTER, now, now.plus(soon));
		List<TargetTally> nodes = this.repository.tallyOfKind(Target.Kind.NODE, now, now.plus(soon));
		return Stream.concat(clusters.stream().sorted(Comparator.comparing(TargetTally::target)), nodes.stream())
			.toList();
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
		return this.repository
			.unendedOnTargets(nodes.stream().map(NodeId::value).toList(),
					clusters.stream().map(ClusterId::value).toList(), now(), Target.Kind.NODE, Target.Kind.CLUSTER)
			.stream()
			.map(GrantEntity::reach)
			.toList();
	}

	/** What let in on one of these nodes or clusters, or will, at any time since then. */
	@Transactional(readOnly = true)
	public List<GrantSpan> standingSince(Collection<NodeId> nodes, Collection<ClusterId> clusters, Instant since) {
		return this.repository
			.onTargetsSince(nodes.stream().map(NodeId::value).toList(),
					clusters.stream().map(ClusterId::value).toList(), since)
			.stream()
			.map((grant) -> new GrantSpan(grant.reach(), grant.toGrant().revokedAt()))
			.toList();
	}

	/** What has not ended and lets in one of these identities or teams. */
	@Transactional(readOnly = true)
	public List<GrantReach> unendedOf(Collection<IdentityId> identities, Collection<TeamId> teams) {
		return unendedEntities(identities, teams).stream().map(GrantEntity::reach).toList();
	}

	void revokeAllOf(Collection<IdentityId> identities, Collection<TeamId> teams) {
		unendedEntities(identities, teams).forEach(this::revoke);
	}

	void revokeAllOn(Collection<NodeId> nodes, Collection<ClusterId> clusters) {
		this.repository
			.unendedOnTargets(nodes.stream().map(NodeId::value).toList(),
					clusters.stream().map(ClusterId::value).toList(), now(), Target.Kind.NODE, Target.Kind.CLUSTER)
			.forEach(this::revoke);
	}

	private List<GrantEntity> unendedEntities(Collection<IdentityId> identities, Collection<TeamId> teams) {
		return this.repository.unendedOfSubjects(identities.stream().map(IdentityId::value).toList(),
				teams.stream().map(TeamId::value).toList(), now(), Subject.Kind.IDENTITY, Subject.Kind.TEAM);
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

	private static Pageable sorted(Pageable page) {
		if (page.getSort().isUnsorted()) {
			return PageRequest.of(page.getPageNumber(), page.getPageSize(), Sort.by(Sort.Direction.DESC, "id"));
		}
		List<Sort.Order> orders = page.getSort().stream().map((order) -> {
			String property = SORT_KEYS.get(order.getProperty());
			if (property == null) {
				throw new InvalidInputException(Fault.of("sort", "sort.unknown", order.getProperty(),
						String.join(", ", SORT_KEYS.keySet().stream().sorted().toList())));
			}
			return order.withProperty(property);
		}).toList();
		return PageRequest.of(page.getPageNumber(), page.getPageSize(), Sort.by(orders));
	}

	private Instant now() {
		return this.clock.instant();
	}

}
