package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.diagnosis.NodeDiagnosis;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What keeps people from logging in to a node.
 *
 * @param left how many more accounts there are, which were not looked at
 */
@Schema(name = "NodeDiagnosis")
record NodeDiagnosisAnswer(String node, Instant at, boolean looked, @Nullable String detail,
		List<DiagnosisAnswer> accounts, int left) {

	static NodeDiagnosisAnswer of(NodeDiagnosis diagnosis) {
		return new NodeDiagnosisAnswer(diagnosis.node(), diagnosis.at(), diagnosis.looked(), diagnosis.detail(),
				diagnosis.accounts().stream().map(DiagnosisAnswer::of).toList(), diagnosis.left());
	}

}
