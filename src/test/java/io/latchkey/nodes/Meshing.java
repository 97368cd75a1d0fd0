package io.latchkey.nodes;

import java.io.IOException;
import java.util.List;

import io.latchkey.sshd.ProgramRun;

/**
 * Nodes that log in to each other.
 */
final class Meshing {

	private static final String THERE = "setpriv --reuid=deploy --regid=deploy --init-groups env HOME=/home/deploy "
			+ "ssh -F \"$2\" -o BatchMode=yes \"$1\" hostname";

	private Meshing() {
	}

	static String nodesReachEachOther(Place place) throws IOException {
		Management management = place.management();
		try (RealNode another = place.another().start()) {
			Place.enrolByKey(place.kind(), another, management);
			String cluster = "mesh-" + place.node().name();
			management.cluster(cluster, List.of(place.node(), another));
			management.nodePairs(cluster, "deploy");
			// of a node with dropbear it is not known whether its ssh knows Include
			String configuration = place.isSshd() ? "/home/deploy/.ssh/config" : "/home/deploy/.ssh/latchkey_config";
			if (place.isSshd()) {
				management.mustReachEachOther(cluster);
			}
			ProgramRun run = place.node().run(THERE, another.name(), configuration);
			Shortfall.unless(run.output().strip().equals(another.name()), "ssh to %s: %s", another.name(),
					run.errorOutput());
			management.noInterNodeKeys(cluster);
			ProgramRun after = place.node().run(THERE, another.name(), configuration);
			Shortfall.unless(after.exitStatus() != 0, "ssh to %s works without a strategy", another.name());
			management.leave(another);
		}
		return place.isSshd() ? "" : "by ssh -F ~/.ssh/latchkey_config";
	}

}
