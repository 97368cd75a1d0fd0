package io.latchkey.api.nodes;

import io.latchkey.diagnosis.MendOutcome;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What became of a mend, and how logins stand after it.
 */
@Schema(name = "MendOutcome")
record MendOutcomeAnswer(MendAnswer mend, DiagnosisAnswer diagnosis) {

	static MendOutcomeAnswer of(MendOutcome outcome) {
		return new MendOutcomeAnswer(MendAnswer.of(outcome.mend()), DiagnosisAnswer.of(outcome.diagnosis()));
	}

}
