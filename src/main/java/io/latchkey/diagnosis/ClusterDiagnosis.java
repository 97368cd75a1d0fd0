package io.latchkey.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What keeps people from logging in to the nodes of a cluster.
 *
 * @param nodes by name
 * @param took how long it took
 */
public record ClusterDiagnosis(String cluster, Instant at, List<OfNode> nodes, Duration took) {

	public ClusterDiagnosis {
		nodes = List.copyOf(nodes);
	}

	/** How many have something by which logins fail, or could not be asked. */
	public long countTroubled() {
		return this.nodes.stream().filter((node) -> !node.looked() || node.explained() > 0).count();
	}

	/**
	 * What is the matter with one node.
	 *
	 * @param looked whether it could be asked
	 * @param accounts how many were looked at
	 * @param unchanged how many of them were found well within the last hour, and are not
	 * looked into again as all that is seen of them is the same
	 * @param explained to how many of them logins fail
	 * @param answer in one sentence
	 */
	public record OfNode(String node, boolean looked, int accounts, int unchanged, int explained, String answer) {

	}

}
