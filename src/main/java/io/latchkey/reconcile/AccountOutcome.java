package io.latchkey.reconcile;

import java.util.List;
import java.util.Set;

import io.latchkey.desired.DesiredLine;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What became of one account in a run.
 *
 * @param state IN_SYNC, DRIFTED or FAILED
 * @param content what stands in its file at the end; null when that is not known
 * @param unchanged whether everything is as it was remembered, so that nothing has to be
 * stored
 */
record AccountOutcome(AccountState state, @Nullable Content content, @Nullable String contentHash,
		@Nullable String desiredHash, List<String> added, List<String> removed, boolean unchanged) {

	String account() {
		return this.state.account();
	}

	boolean isFailed() {
		return this.state.state() == NodeState.FAILED;
	}

	/**
	 * What an account lets in.
	 *
	 * @param texts of all lines of its file
	 * @param keys of all lines
	 * @param served the desired lines for which a foreign one stands
	 */
	record Content(Set<String> texts, Set<Fingerprint> keys, List<DesiredLine> served) {

		static final Content NOTHING = new Content(Set.of(), Set.of(), List.of());

		/** Whether the line stands there, or a foreign one for it. */
		boolean has(DesiredLine line) {
			return this.texts.contains(line.text()) || this.served.contains(line);
		}

	}

	static AccountOutcome unchanged(String account, RememberedAccount remembered) {
		AccountState state = new AccountState(account, "", remembered.state(), remembered.detail(), List.of());
		return new AccountOutcome(state, null, remembered.contentHash(), remembered.desiredHash(), List.of(), List.of(),
				true);
	}

	static AccountOutcome failed(String account, String file, String detail) {
		return new AccountOutcome(new AccountState(account, file, NodeState.FAILED, detail, List.of()), null, null,
				null, List.of(), List.of(), false);
	}

}
