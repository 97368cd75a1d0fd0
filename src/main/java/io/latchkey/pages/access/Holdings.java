package io.latchkey.pages.access;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.NotFoundException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityId;
import io.latchkey.identity.TeamId;
import io.latchkey.identity.Teams;

import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * What somebody has already, for whoever is about to grant them more.
 */
@Component
class Holdings {

	private static final int MOST_SHOWN = 8;

	private final Grants grants;

	private final Identities identities;

	private final Teams teams;

	Holdings(Grants grants, Identities identities, Teams teams) {
		this.grants = grants;
		this.identities = identities;
		this.teams = teams;
	}

	/**
	 * Puts the latest grants that have not ended, those of their teams among them, into
	 * the model.
	 */
	void describe(Subject subject, Model model) {
		List<GrantReach> reaches = reaches(subject);
		List<Grant> latest = List.copyOf(
				this.grants
					.all(reaches.stream()
						.map(GrantReach::id)
						.sorted((one, other) -> Long.compare(other.value(), one.value()))
						.limit(MOST_SHOWN)
						.toList())
					.values());
		model.addAttribute("holder", subject);
		model.addAttribute("holdings", latest);
		model.addAttribute("moreHoldings", reaches.size() - latest.size());
	}

	private List<GrantReach> reaches(Subject subject) {
		if (subject.kind() == Subject.Kind.TEAM) {
			return teamReaches(subject.name());
		}
		Map<String, IdentityId> ids = this.identities.idsByName(Set.of(subject.name()));
		IdentityId id = ids.get(subject.name());
		return (id == null) ? List.of() : this.grants.unendedOf(id);
	}

	private List<GrantReach> teamReaches(String name) {
		try {
			return this.grants.unendedOf(Set.<IdentityId>of(), Set.<TeamId>of(this.teams.idOf(name)));
		}
		catch (NotFoundException ex) {
			return List.of();
		}
	}

}
