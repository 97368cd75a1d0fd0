package io.latchkey.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.latchkey.core.RowReader;

import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

/**
 * Puts identities together with their keys and teams: two queries for any number of them.
 */
@Component
class IdentityReader extends RowReader<IdentityEntity, Identity> {

	private final KeyRepository keys;

	private final TeamRepository teams;

	IdentityReader(KeyRepository keys, TeamRepository teams) {
		this.keys = keys;
		this.teams = teams;
	}

	@Override
	public List<Identity> readAll(Collection<IdentityEntity> entities) {
		List<Long> ids = entities.stream().map((entity) -> entity.id().value()).toList();
		if (ids.isEmpty()) {
			return List.of();
		}
		Map<IdentityId, List<IdentityKey>> keysById = this.keys.allOf(ids)
			.stream()
			.collect(groupingBy(KeyEntity::identity, flatMapping((key) -> key.read().stream(), toList())));
		Map<Long, List<String>> teamsById = this.teams.membershipsOf(ids)
			.stream()
			.collect(groupingBy(TeamRepository.Membership::getIdentity,
					mapping(TeamRepository.Membership::getTeamName, toList())));
		return entities.stream()
			.map((entity) -> entity.toIdentity(keysById.getOrDefault(entity.id(), List.of()),
					teamsById.getOrDefault(entity.id().value(), List.of())))
			.toList();
	}

}
