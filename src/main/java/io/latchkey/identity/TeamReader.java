package io.latchkey.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.latchkey.core.RowReader;

import org.springframework.stereotype.Component;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

/**
 * Puts teams together with their members' names: one query for any number of them.
 */
@Component
class TeamReader extends RowReader<TeamEntity, Team> {

	private final TeamRepository teams;

	TeamReader(TeamRepository teams) {
		this.teams = teams;
	}

	@Override
	public List<Team> readAll(Collection<TeamEntity> entities) {
		List<Long> ids = entities.stream().map((entity) -> entity.id().value()).toList();
		Map<Long, List<String>> names = this.teams.memberNamesIn(ids)
			.stream()
			.collect(groupingBy(TeamRepository.MemberName::getTeam,
					mapping(TeamRepository.MemberName::getName, toList())));
		return entities.stream()
			.map((entity) -> entity.toTeam(names.getOrDefault(entity.id().value(), List.of())))
			.toList();
	}

}
