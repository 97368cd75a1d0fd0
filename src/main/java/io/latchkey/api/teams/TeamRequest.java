package io.latchkey.api.teams;

import java.util.List;

import io.latchkey.api.body.NamedBody;
import io.latchkey.identity.Team;
import org.jspecify.annotations.Nullable;

record TeamRequest(@Nullable String name, @Nullable String displayName,
		@Nullable List<String> members) implements NamedBody {

	static TeamRequest of(Team team) {
		return new TeamRequest(team.name(), team.displayName(), team.members());
	}

	List<String> membersOrNone() {
		return (this.members != null) ? this.members : List.of();
	}

}
