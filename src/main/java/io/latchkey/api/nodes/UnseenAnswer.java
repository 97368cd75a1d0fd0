package io.latchkey.api.nodes;

import io.latchkey.nodestate.UnseenAccounts;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that could log in and whose files are not looked at.
 *
 * @param count how many they are, or null where that is not known
 */
record UnseenAnswer(UnseenAccounts.Reason reason, @Nullable Integer count) {

	/** Null when all are looked at. */
	static @Nullable UnseenAnswer of(UnseenAccounts unseen) {
		return unseen.isNone() ? null : new UnseenAnswer(unseen.reason(), (unseen.count() > 0) ? unseen.count() : null);
	}

}
