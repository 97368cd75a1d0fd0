package io.latchkey.api.problem;

import java.util.List;

import io.latchkey.foreignkeys.AdoptionReach;

/**
 * Where adopted keys would be let in, beside where they stand.
 *
 * @param places at most the first 1000
 * @param placeCount how many there are, all of them
 */
record ReachAnswer(String identity, List<AdoptionReach.Place> places, int placeCount, long nodeCount) {

	private static final int MOST = 1000;

	static ReachAnswer of(AdoptionReach reach) {
		return new ReachAnswer(reach.identity(), reach.places().stream().limit(MOST).toList(), reach.places().size(),
				reach.countNodes());
	}

}
