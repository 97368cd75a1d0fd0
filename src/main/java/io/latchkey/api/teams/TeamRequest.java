package io.latchkey.api.teams;

import java.util.List;

import io.latchkey.core.Faults;
import io.latchkey.identity.Team;
import org.jspecify.annotations.Nullable;

record TeamRequest(@Nullable String name, @Nullable String displayName, @Nullable List<String> members) {

	static TeamRequest of(Team team) {
		return new TeamRequest(team.name(), team.displayName(), team.members());
	}

	String checkedName() {
		Faults faults = new Faults();
		String checked = faults.name(this.name);
		faults.check();
		return checked;
	}

	void checkName(String path) {
		Faults faults = new Faults();
		faults.name(path, this.name);
		faults.check();
	}

	List<String> membersOrNone() {
		return (this.members != null) ? this.members : List.of();
	}

}
