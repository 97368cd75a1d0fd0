package io.latchkey.identity;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.latchkey.core.AuditableEvent;
import io.latchkey.core.Fault;
import io.latchkey.core.IdAndName;
import io.latchkey.core.InvalidInputException;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.toSet;

/**
 * Who comes into a team and goes out of it. The team is locked first, then the identities
 * by id, whoever changes them, so that nobody waits in a circle. Works in the transaction
 * of {@link Teams}.
 */
@Component
class TeamMembers {

	private final IdentityRepository identities;

	private final ApplicationEventPublisher events;

	TeamMembers(IdentityRepository identities, ApplicationEventPublisher events) {
		this.identities = identities;
		this.events = events;
	}

	/**
	 * The ids of the named.
	 * @throws InvalidInputException with a fault for each that there is not
	 */
	Set<IdentityId> resolve(Collection<String> names) {
		List<IdAndName> found = this.identities.idsOf(names);
		Set<String> missing = new TreeSet<>(names);
		found.forEach((named) -> missing.remove(named.getName()));
		if (!missing.isEmpty()) {
			throw new InvalidInputException(
					missing.stream().map((name) -> Fault.of("members", "identity.unknown", name)).toList());
		}
		return found.stream().map((named) -> new IdentityId(named.getId())).collect(toSet());
	}

	/** Makes these the members. */
	void replace(TeamEntity team, Set<IdentityId> members) {
		Set<IdentityId> added = without(members, team.members());
		Set<IdentityId> removed = without(team.members(), members);
		if (added.isEmpty() && removed.isEmpty()) {
			return;
		}
		List<IdentityEntity> identities = lock(added, removed);
		team.touch();
		identities.forEach(IdentityEntity::touch);
		added.forEach(team::add);
		removed.forEach(team::remove);
		this.identities.flush();
		identities.forEach((identity) -> this.events.publishEvent(change(team, identity)));
	}

	void add(TeamEntity team, IdentityId member) {
		Set<IdentityId> members = new HashSet<>(team.members());
		members.add(member);
		replace(team, members);
	}

	void remove(TeamEntity team, IdentityId member) {
		replace(team, without(team.members(), Set.of(member)));
	}

	private List<IdentityEntity> lock(Set<IdentityId> added, Set<IdentityId> removed) {
		return this.identities.lockAll(Stream.concat(added.stream(), removed.stream()).map(IdentityId::value).toList());
	}

	private static AuditableEvent change(TeamEntity team, IdentityEntity identity) {
		return team.members().contains(identity.id())
				? new TeamMemberAdded(team.id(), team.name(), identity.id(), identity.name())
				: new TeamMemberRemoved(team.id(), team.name(), identity.id(), identity.name());
	}

	private static Set<IdentityId> without(Set<IdentityId> some, Set<IdentityId> others) {
		return some.stream().filter((id) -> !others.contains(id)).collect(toSet());
	}

}
