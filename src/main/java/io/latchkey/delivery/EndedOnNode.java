package io.latchkey.delivery;

import java.util.List;

import io.latchkey.runs.PartOutcome;

/**
 * What a run did about the sessions that were to be ended on its node.
 *
 * @param told in words; empty when there is nothing to be said
 */
record EndedOnNode(List<SessionOutcome> sessions, String told) implements PartOutcome {

	@Override
	public boolean isWorthAnotherTry() {
		return this.sessions.stream().anyMatch(SessionOutcome::worthAnotherTry);
	}

	@Override
	public boolean isWorthTelling() {
		return !this.sessions.isEmpty();
	}

}
