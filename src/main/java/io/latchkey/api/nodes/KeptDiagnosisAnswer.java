package io.latchkey.api.nodes;

import java.time.Instant;

import io.latchkey.diagnosis.KeptDiagnosis;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at the logins of an account came to.
 *
 * @param explained whether something was found by which logins fail
 */
@Schema(name = "KeptDiagnosis")
record KeptDiagnosisAnswer(String account, @Nullable String identity, Instant at, String by, boolean explained,
		boolean looked, String answer) {

	static KeptDiagnosisAnswer of(KeptDiagnosis kept) {
		return new KeptDiagnosisAnswer(kept.account(), kept.identity(), kept.at(), kept.by(), kept.explained(),
				kept.looked(), kept.answer());
	}

}
