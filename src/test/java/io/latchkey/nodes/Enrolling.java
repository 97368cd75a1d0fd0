package io.latchkey.nodes;

import java.util.Map;

/**
 * How a node comes under management, and leaves it.
 */
final class Enrolling {

	private Enrolling() {
	}

	static String withAPassword(Place place) {
		RealNode node = place.node();
		Management management = place.management();
		management.add(node, "latchkey", "SUDO");
		management.enrol(node, Map.of("method", "PASSWORD", "password", RealNode.PASSWORD, "acceptHostKey",
				node.hostKey(place.kind().server())));
		Management.Person person = management.person();
		long grant = management.grant(person, node, "alice", null);
		place.mustLetIn("alice", person, "granted by sudo");
		management.revoke(grant);
		place.mustRefuse("alice", person, "revoked by sudo");
		management.leave(node);
		Shortfall.unless(!node.authorized("latchkey").contains("ssh-"), "it left its key behind: %s",
				node.authorized("latchkey"));
		return "";
	}

	static String withTheKeyInstalled(Place place) {
		Place.enrolByKey(place.kind(), place.node(), place.management());
		return "";
	}

}
