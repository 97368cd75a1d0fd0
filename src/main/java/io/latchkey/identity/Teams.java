package io.latchkey.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.DisplayName;
import io.latchkey.core.IdAndName;
import io.latchkey.core.NameInUseException;
import io.latchkey.core.NamedKind;
import io.latchkey.core.NotFoundException;
import io.latchkey.core.Saved;
import io.latchkey.core.SearchText;
import io.latchkey.core.Sorting;
import io.latchkey.core.UniqueConstraint;
import io.latchkey.core.VersionConflictException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * The teams and who is in them.
 */
@Service
@Transactional
public class Teams {

	private static final NamedKind KIND = new NamedKind("team", new UniqueConstraint("uq_team_name"));

	private static final Sorting SORTING = Sorting.by("name", "displayName");

	private final TeamRepository teams;

	private final TeamReader reader;

	private final TeamMembers members;

	private final IdentityRepository identities;

	private final ApplicationEventPublisher events;

	Teams(TeamRepository teams, TeamReader reader, TeamMembers members, IdentityRepository identities,
			ApplicationEventPublisher events) {
		this.teams = teams;
		this.reader = reader;
		this.members = members;
		this.identities = identities;
		this.events = events;
	}

	/**
	 * @param members the names of identities
	 * @throws NameInUseException when there is one of that name
	 */
	public Team create(String name, @Nullable String displayName, List<String> members) {
		String trimmed = DisplayName.check(name, displayName);
		return add(name, trimmed, this.members.resolve(members));
	}

	/**
	 * Creates or replaces by name, members included.
	 * @throws VersionConflictException when it is not of the expected version
	 */
	public Saved<Team> put(String name, @Nullable String displayName, List<String> members,
			@Nullable Long expectedVersion) {
		String trimmed = DisplayName.check(name, displayName);
		Set<Long> resolved = this.members.resolve(members);
		Optional<TeamEntity> existing = this.teams.lockByName(name);
		KIND.checkVersion(name, existing.map(TeamEntity::version), expectedVersion);
		return Saved.of(existing, (entity) -> replace(entity, trimmed, resolved), () -> add(name, trimmed, resolved));
	}

	private Team add(String name, @Nullable String displayName, Set<Long> members) {
		KIND.checkIsFree(name, this.teams.findByName(name));
		TeamEntity entity = KIND.inserted(name, () -> this.teams.saveAndFlush(new TeamEntity(name, displayName)));
		this.events.publishEvent(new TeamCreated(entity.id(), name));
		this.members.replace(entity, members);
		return this.reader.read(entity);
	}

	private Team replace(TeamEntity entity, @Nullable String displayName, Set<Long> members) {
		if (entity.rename(displayName)) {
			this.teams.flush();
			this.events.publishEvent(new TeamChanged(entity.id(), entity.name(), List.of("displayName")));
		}
		this.members.replace(entity, members);
		return this.reader.read(entity);
	}

	/**
	 * Deletes it; its members stay. When there is none, nothing happens.
	 */
	public void delete(String name) {
		this.teams.lockByName(name).ifPresent((entity) -> {
			Set<IdentityId> left = entity.members();
			this.members.release(entity);
			this.teams.delete(entity);
			this.teams.flush();
			this.events.publishEvent(new TeamDeleted(entity.id(), name, left));
		});
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public Team get(String name) {
		return this.teams.findByName(name).map(this.reader::read).orElseThrow(() -> KIND.notFound(name));
	}

	/**
	 * Sorted by name unless the page says otherwise.
	 * @param query a part of the name or display name, or null for all
	 */
	@Transactional(readOnly = true)
	public Page<Team> list(@Nullable String query, Pageable page) {
		return this.reader.read(this.teams.search(SearchText.pattern(query), SORTING.apply(page)));
	}

	/**
	 * @throws NotFoundException when there is no such team or identity
	 */
	public Team addMember(String team, String identity) {
		TeamEntity entity = lock(team);
		long id = this.identities.findByName(identity)
			.orElseThrow(() -> new NotFoundException("identity", identity))
			.key();
		this.members.add(entity, Set.of(id));
		return this.reader.read(entity);
	}

	/**
	 * Takes an identity out; when it is not in, nothing happens.
	 */
	public Team removeMember(String team, String identity) {
		TeamEntity entity = lock(team);
		this.identities.findByName(identity).ifPresent((member) -> this.members.remove(entity, member.key()));
		return this.reader.read(entity);
	}

	/**
	 * Holds it as it is until the transaction ends: nobody changes who is in it in
	 * between. Empty when there is none.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<TeamId> hold(String name) {
		return this.teams.lockByName(name).map(TeamEntity::id);
	}

	private TeamEntity lock(String name) {
		return this.teams.lockByName(name).orElseThrow(() -> KIND.notFound(name));
	}

	/**
	 * @throws NotFoundException when there is none
	 */
	@Transactional(readOnly = true)
	public TeamId idOf(String name) {
		return this.teams.findByName(name).orElseThrow(() -> KIND.notFound(name)).id();
	}

	/** The names of those that there are. */
	@Transactional(readOnly = true)
	public Map<TeamId, String> namesOf(Collection<TeamId> ids) {
		return this.teams.namesOf(values(ids))
			.stream()
			.collect(toMap((named) -> new TeamId(named.getId()), IdAndName::getName));
	}

	/** Who is in these teams; one without members is left out. */
	@Transactional(readOnly = true)
	public Map<TeamId, Set<IdentityId>> membersOf(Collection<TeamId> ids) {
		return this.teams.membershipsIn(values(ids))
			.stream()
			.collect(groupingBy((membership) -> new TeamId(membership.getTeam()),
					mapping((membership) -> new IdentityId(membership.getIdentity()), toUnmodifiableSet())));
	}

	/** The teams that an identity is in. */
	@Transactional(readOnly = true)
	public Set<TeamId> teamsOf(IdentityId identity) {
		return this.teams.membershipsOf(List.of(identity.value()))
			.stream()
			.map((membership) -> new TeamId(membership.getTeam()))
			.collect(toUnmodifiableSet());
	}

	private static List<Long> values(Collection<TeamId> ids) {
		return ids.stream().map(TeamId::value).toList();
	}

}
