package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.diagnosis.Diagnosis;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody cannot log in.
 *
 * @param answer in one sentence
 * @param checks those that found something, the first cause first, and then the others
 */
@Schema(name = "Diagnosis")
record DiagnosisAnswer(String node, String account, @Nullable String identity, Instant at, boolean looked,
		@Nullable String detail, String answer, List<CheckAnswer> checks, List<String> log) {

	static DiagnosisAnswer of(Diagnosis diagnosis) {
		return new DiagnosisAnswer(diagnosis.node(), diagnosis.account(), diagnosis.identity(), diagnosis.at(),
				diagnosis.looked(), diagnosis.detail(), diagnosis.answer(),
				diagnosis.checks().stream().map(CheckAnswer::of).toList(), diagnosis.log());
	}

	/**
	 * What one check says.
	 *
	 * @param rule where it is written that the finding follows from the evidence
	 * @param mend what Latchkey would do about it when it is told to
	 */
	@Schema(name = "DiagnosisCheck")
	record CheckAnswer(String id, Diagnosis.Status status, @Nullable String finding, List<EvidenceAnswer> evidence,
			@Nullable String rule, @Nullable String remedy, @Nullable MendPlanAnswer mend) {

		static CheckAnswer of(Diagnosis.Result result) {
			return new CheckAnswer(result.id(), result.status(), result.finding(),
					result.evidence()
						.stream()
						.map((each) -> new EvidenceAnswer(each.file(), each.line(), each.text()))
						.toList(),
					result.rule(), result.remedy(), (result.mend() != null) ? MendPlanAnswer.of(result.mend()) : null);
		}

	}

	/** Words of the node's, and where they stand there. */
	@Schema(name = "DiagnosisEvidence")
	record EvidenceAnswer(@Nullable String file, @Nullable Integer line, String text) {

	}

}
