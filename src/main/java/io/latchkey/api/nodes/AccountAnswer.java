package io.latchkey.api.nodes;

import java.time.Instant;
import java.util.List;

import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What stands in an account's files.
 *
 * @param asOf when that was seen, where the node could not be looked at since; null when
 * its last check has seen it
 */
record AccountAnswer(String account, String file, NodeState state, @Nullable String stateDetail,
		List<LineAnswer> entries, long foreignBeyond, @Nullable Instant asOf) {

	static AccountAnswer of(AccountState account, @Nullable Instant asOf) {
		return new AccountAnswer(account.account(), account.file(), account.state(), account.detail(),
				account.entries().stream().map(LineAnswer::of).toList(), account.foreignBeyond(), asOf);
	}

	/**
	 * One line that is there or should be.
	 *
	 * @param grantId the first of the grants that it stands for
	 * @param file where it stands when that is not the account's first file
	 */
	record LineAnswer(@Nullable String fingerprint, @Nullable String identity, @Nullable Long grantId, String options,
			AccountState.Origin origin, AccountState.Status status, @Nullable String file) {

		static LineAnswer of(AccountState.Entry entry) {
			Fingerprint fingerprint = entry.fingerprint();
			return new LineAnswer((fingerprint != null) ? fingerprint.value() : null, entry.identity(),
					entry.grants().stream().findFirst().orElse(null), entry.options(), entry.origin(), entry.status(),
					entry.file());
		}

	}

}
