package io.latchkey.api.clusters;

import java.util.List;

import io.latchkey.diagnosis.MeshTrial;

/**
 * Which nodes let in which others.
 *
 * @param failed how many logins failed
 */
record MeshTrialAnswer(String account, List<String> nodes, int tried, long failed, List<AttemptAnswer> attempts) {

	static MeshTrialAnswer of(MeshTrial trial) {
		return new MeshTrialAnswer(trial.account(), trial.nodes(), trial.attempts().size(), trial.countFailed(), trial
			.attempts()
			.stream()
			.map((attempt) -> new AttemptAnswer(attempt.from(), attempt.to(), attempt.succeeded(), attempt.detail()))
			.toList());
	}

	/**
	 * A login from one node to another.
	 *
	 * @param detail why it failed; empty when it succeeded
	 */
	record AttemptAnswer(String from, String to, boolean succeeded, String detail) {

	}

}
