package io.latchkey.pages.identities;

import io.latchkey.grants.GrantStatus;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.Nodes;

import org.springframework.stereotype.Component;

/**
 * Writes the guides for an identity's keys, from where it may log in now.
 */
@Component
class KeyGuides {

	private static final int MOST_PLACES = 5;

	private final IdentityReach reach;

	private final Nodes nodes;

	KeyGuides(IdentityReach reach, Nodes nodes) {
		this.reach = reach;
		this.nodes = nodes;
	}

	/**
	 * @param file the name of the file with the private key
	 */
	KeyGuide of(Identity identity, String file) {
		return new KeyGuide(file, this.reach.of(identity)
			.stream()
			.filter((row) -> row.status() == GrantStatus.ACTIVE)
			.flatMap((row) -> row.nodes().stream().sorted().map((node) -> new Spot(node, row.grant().account())))
			.distinct()
			.limit(MOST_PLACES)
			.flatMap((spot) -> this.nodes.find(spot.node())
				.stream()
				.map((node) -> new KeyGuide.Place(node.name(), spot.account(), node.route().address(),
						node.route().port(), node.route().jumps())))
			.toList());
	}

	private record Spot(String node, String account) {

	}

}
