package io.latchkey.reconcile;

import java.time.Instant;
import java.util.List;

import io.latchkey.desired.DesiredState;
import io.latchkey.transport.NodeFacts;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param facts what the node said of itself, or null when it said nothing
 * @param desired what should stand there
 * @param accounts those that were looked at, before anything failed
 * @param failure the state to which a failure of the conversation leads, or null
 * @param detail what failed, for a person, or null
 */
record NodeOutcome(Instant startedAt, Instant endedAt, @Nullable NodeFacts facts, DesiredState desired,
		List<AccountOutcome> accounts, @Nullable NodeState failure, @Nullable String detail) {

	NodeState state() {
		if (this.failure != null) {
			return this.failure;
		}
		if (this.accounts.stream().anyMatch(AccountOutcome::isFailed) || !this.desired.withheld().isEmpty()) {
			return NodeState.FAILED;
		}
		boolean drifted = this.accounts.stream().anyMatch((account) -> account.state().state() == NodeState.DRIFTED);
		return drifted ? NodeState.DRIFTED : NodeState.IN_SYNC;
	}

	/** Whether it has to be tried again soon. */
	boolean isFailed() {
		return this.failure != null || state() == NodeState.FAILED;
	}

	/** What is the matter, or null when nothing is. */
	@Nullable String explanation() {
		if (this.detail != null) {
			return this.detail;
		}
		NodeState state = state();
		if (state == NodeState.IN_SYNC) {
			return null;
		}
		return this.accounts.stream()
			.filter((account) -> account.state().state() == state)
			.map((account) -> account.state().detail())
			.filter((text) -> text != null)
			.findFirst()
			.orElseGet(() -> this.desired.withheld().isEmpty() ? null : this.desired.withheld().get(0).reason());
	}

	List<String> added() {
		return this.accounts.stream()
			.flatMap((account) -> account.added().stream().map((line) -> account.account() + ": " + line))
			.toList();
	}

	List<String> removed() {
		return this.accounts.stream()
			.flatMap((account) -> account.removed().stream().map((line) -> account.account() + ": " + line))
			.toList();
	}

	Run.Outcome runOutcome() {
		return switch (state()) {
			case UNREACHABLE -> Run.Outcome.UNREACHABLE;
			case REFUSED -> Run.Outcome.REFUSED;
			case FAILED -> Run.Outcome.FAILED;
			case DRIFTED -> Run.Outcome.DRIFT_FOUND;
			default -> (added().isEmpty() && removed().isEmpty()) ? Run.Outcome.UNCHANGED : Run.Outcome.CHANGED;
		};
	}

}
