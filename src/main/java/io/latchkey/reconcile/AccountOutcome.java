package io.latchkey.reconcile;

import java.util.List;
import java.util.Set;

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

	/** The texts of all lines of a file, and the keys that it lets in. */
	record Content(Set<String> texts, Set<Fingerprint> keys) {

		static final Content NOTHING = new Content(Set.of(), Set.of());

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
