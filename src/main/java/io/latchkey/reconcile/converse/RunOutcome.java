package io.latchkey.reconcile.converse;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.latchkey.desired.DesiredState;
import io.latchkey.desired.WithheldGrant;
import io.latchkey.nodestate.Findings;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.Run;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.KeyStanding;
import io.latchkey.runs.PartOutcomes;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param survey what was found there, or null when the node said nothing
 * @param desired what should stand there
 * @param accounts those that were looked at, before anything failed
 * @param parts what the parts of the run came to
 * @param findings what else was found, for a person, but for the faults of grants
 * @param failure of the conversation, or null
 * @param hold what Latchkey has there for itself
 * @param others the accounts that Latchkey has nothing to do with
 */
public record RunOutcome(Run.Timing timing, @Nullable Survey survey, DesiredState desired,
		List<AccountOutcome> accounts, PartOutcomes parts, List<String> findings, @Nullable Failure failure, Hold hold,
		OtherAccounts others) {

	/**
	 * What Latchkey has on the node for itself.
	 *
	 * @param cleared whether nothing of it is there any more
	 * @param managementKey how far the move to another management key has come; null when
	 * there is none to be made
	 */
	public record Hold(boolean cleared, @Nullable KeyStanding managementKey) {

		boolean hasYetToMove() {
			return this.managementKey != null && !this.managementKey.cleared();
		}

	}

	/**
	 * Why a conversation could not be led to its end.
	 *
	 * @param state to which it leads
	 * @param detail what failed, for a person
	 * @param handshakeLog how the login went, or null
	 * @param shownHostKey what the node showed instead of a pinned host key, or null
	 * @param rest for how long it is to be left alone at the least
	 */
	public record Failure(NodeState state, String detail, @Nullable String handshakeLog, @Nullable String shownHostKey,
			Duration rest) {

		Failure(NodeState state, String detail) {
			this(state, detail, null, null, Duration.ZERO);
		}

		static Failure of(NodeException failure, Findings findings) {
			return of(stateAfter(failure), failure, findings);
		}

		static Failure of(NodeState state, NodeException failure, Findings findings) {
			return new Failure(state, findings.of(failure), failure.handshakeLog(),
					(failure instanceof NodeException.HostKeyChanged changed) ? changed.shown() : null, failure.rest());
		}

		private static NodeState stateAfter(NodeException failure) {
			return switch (failure.kind()) {
				case HOST_KEY_CHANGED, NOT_LET_IN, MORE_ASKED, TURNED_AWAY_BY_PENALTY, TURNED_AWAY_BY_STARTUPS,
						TRIED_TOO_OFTEN, NEVER_DIALLED, CLOSED_AT_LOGIN ->
					NodeState.REFUSED;
				case NO_ROUTE, REFUSED, TIMED_OUT, TIMED_OUT_LET_IN, DISCONNECTED, CLOSED_BEFORE_A_WORD,
						AGENT_UNAVAILABLE ->
					NodeState.UNREACHABLE;
				default -> NodeState.FAILED;
			};
		}

	}

	public NodeState state() {
		if (this.failure != null) {
			return this.failure.state();
		}
		if (hasAccount(NodeState.FAILED) || !this.parts.problems().isEmpty()) {
			return NodeState.FAILED;
		}
		return hasAccount(NodeState.DRIFTED) ? NodeState.DRIFTED : NodeState.IN_SYNC;
	}

	private boolean hasAccount(NodeState state) {
		return this.accounts.stream().anyMatch((account) -> account.onNode() == state);
	}

	/**
	 * Why grants failed by what is the matter with them or their account alone: the node
	 * is no worse for it.
	 */
	List<String> faultsOfGrants() {
		return Stream
			.concat(this.accounts.stream()
				.filter(AccountOutcome::isFailedAlone)
				.map((account) -> account.state().detail())
				.filter(Objects::nonNull), this.desired.withheld().stream().map(WithheldGrant::reason))
			.distinct()
			.toList();
	}

	/** What a person should know of beside the state, the grants that failed first. */
	public List<String> allFindings() {
		return Stream.concat(faultsOfGrants().stream(), this.findings.stream()).distinct().toList();
	}

	/** Whether it has to be tried again soon. */
	public boolean isFailed() {
		return this.failure != null || state() == NodeState.FAILED || !faultsOfGrants().isEmpty()
				|| this.hold.hasYetToMove() || this.parts.areWorthAnotherTry();
	}

	/** For how long the node is to be left alone at the least; zero mostly. */
	public Duration rest() {
		return (this.failure != null) ? this.failure.rest() : Duration.ZERO;
	}

	/** What is the matter, or null when nothing is. */
	public @Nullable String explanation() {
		if (this.failure != null) {
			return this.failure.detail();
		}
		NodeState state = state();
		if (state == NodeState.IN_SYNC) {
			return null;
		}
		return this.accounts.stream()
			.filter((account) -> account.onNode() == state)
			.map((account) -> account.state().detail())
			.filter((text) -> text != null)
			.findFirst()
			.or(() -> this.parts.problems().stream().findFirst())
			.orElse(null);
	}

	public List<String> added() {
		return Stream.concat(this.accounts.stream()
			.flatMap((account) -> account.changes().added().stream().map((line) -> account.account() + ": " + line)),
				this.parts.added().stream())
			.toList();
	}

	public List<String> removed() {
		return Stream.concat(this.accounts.stream()
			.flatMap((account) -> account.changes().removed().stream().map((line) -> account.account() + ": " + line)),
				this.parts.removed().stream())
			.toList();
	}

	public Run.Outcome runOutcome() {
		return switch (state()) {
			case UNREACHABLE -> Run.Outcome.UNREACHABLE;
			case REFUSED -> Run.Outcome.REFUSED;
			case FAILED -> Run.Outcome.FAILED;
			case DRIFTED -> Run.Outcome.DRIFT_FOUND;
			default -> (added().isEmpty() && removed().isEmpty()) ? Run.Outcome.UNCHANGED : Run.Outcome.CHANGED;
		};
	}

}
