package io.latchkey.api.teams;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.latchkey.api.answer.Versioned;
import io.latchkey.identity.Team;
import org.jspecify.annotations.Nullable;

record TeamAnswer(String name, @Nullable String displayName, List<String> members,
		@JsonIgnore long version) implements Versioned {

	static TeamAnswer of(Team team) {
		return new TeamAnswer(team.name(), team.displayName(), team.members(), team.version());
	}

}
