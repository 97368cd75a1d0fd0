package io.latchkey.pages.identities;

import java.util.List;
import java.util.Set;

import io.latchkey.grants.GrantStatus;
import io.latchkey.grants.Grants;
import io.latchkey.identity.Identity;
import io.latchkey.identity.Teams;
import io.latchkey.inventory.Nodes;
import io.latchkey.pages.GrantRow;
import io.latchkey.pages.GrantRows;

import org.springframework.stereotype.Component;

/**
 * Writes the guides for an identity's keys, from where it may log in now.
 */
@Component
class KeyGuides {

	private static final int MOST_PLACES = 5;

	private final Grants grants;

	private final Teams teams;

	private final GrantRows rows;

	private final Nodes nodes;

	KeyGuides(Grants grants, Teams teams, GrantRows rows, Nodes nodes) {
		this.grants = grants;
		this.teams = teams;
		this.rows = rows;
		this.nodes = nodes;
	}

	/**
	 * @param file the name of the file with the private key
	 */
	KeyGuide of(Identity identity, String file) {
		List<GrantRow> reach = this.rows
			.ofReaches(this.grants.unendedOf(Set.of(identity.id()), this.teams.teamsOf(identity.id())));
		return new KeyGuide(file,
				reach.stream()
					.filter((row) -> row.status() == GrantStatus.ACTIVE)
					.flatMap((row) -> row.nodes().stream().sorted().map((node) -> new Spot(node, row.account())))
					.distinct()
					.limit(MOST_PLACES)
					.flatMap((spot) -> this.nodes.find(spot.node())
						.stream()
						.map((node) -> new KeyGuide.Place(node.name(), spot.account(), node.address(), node.port(),
								node.jumps())))
					.toList());
	}

	private record Spot(String node, String account) {

	}

}
