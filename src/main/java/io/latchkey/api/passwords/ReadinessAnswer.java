package io.latchkey.api.passwords;

import java.time.Instant;
import java.util.List;

import io.latchkey.passwords.Readiness;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What would follow where a node no longer let in by password.
 *
 * @param seen to be sent along when it is switched off
 */
@Schema(name = "PasswordReadiness")
record ReadinessAnswer(String node, Instant at, String state, boolean possible, @Nullable String file, String seen,
		List<CheckAnswer> checks) {

	static ReadinessAnswer of(Readiness readiness) {
		return new ReadinessAnswer(readiness.node(), readiness.at(), readiness.state().name(),
				readiness.obstacles().isEmpty(), readiness.file(), readiness.digest(),
				readiness.checks()
					.stream()
					.map((check) -> new CheckAnswer(check.subject().name(), check.status().name(), check.text(),
							check.details()))
					.toList());
	}

	/** One thing that was looked at. */
	@Schema(name = "PasswordCheck")
	record CheckAnswer(String subject, String status, String finding, List<String> details) {

	}

}
