package io.latchkey.api.clusters;

import java.time.Instant;
import java.util.List;

import io.latchkey.diagnosis.ClusterDiagnosis;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What keeps people from logging in to the nodes of a cluster.
 *
 * @param tookMillis how long it took, in milliseconds
 */
@Schema(name = "ClusterDiagnosis")
record ClusterDiagnosisAnswer(String cluster, Instant at, long tookMillis, List<OfNodeAnswer> nodes) {

	static ClusterDiagnosisAnswer of(ClusterDiagnosis diagnosis) {
		return new ClusterDiagnosisAnswer(diagnosis.cluster(), diagnosis.at(), diagnosis.took().toMillis(),
				diagnosis.nodes()
					.stream()
					.map((node) -> new OfNodeAnswer(node.node(), node.looked(), node.accounts(), node.unchanged(),
							node.explained(), node.answer()))
					.toList());
	}

	/**
	 * What is the matter with one node.
	 *
	 * @param looked whether it could be asked
	 * @param accounts how many were looked at
	 * @param unchanged how many of them were found well within the last hour, and are not
	 * looked into again as all that is seen of them is the same
	 * @param explained to how many of them logins fail
	 */
	@Schema(name = "ClusterDiagnosisNode")
	record OfNodeAnswer(String node, boolean looked, int accounts, int unchanged, int explained, String answer) {

	}

}
