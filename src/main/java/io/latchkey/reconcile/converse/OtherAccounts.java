package io.latchkey.reconcile.converse;

import java.util.Set;

import io.latchkey.conversation.accounts.AllAccounts;
import io.latchkey.conversation.accounts.LoginAccounts;
import io.latchkey.nodestate.UnseenAccounts;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to with the accounts that Latchkey has nothing to do with, and that
 * could log in all the same.
 *
 * @param lookedAt those that were looked at
 * @param told which the node named, or null when it was not asked
 * @param all which there are, by the node's word, or null when it was not asked
 * @param unseen those that were not looked at, or null when that is as it was
 */
public record OtherAccounts(Set<String> lookedAt, @Nullable LoginAccounts told, @Nullable AllAccounts all,
		@Nullable UnseenAccounts unseen) {

	/** Of a node with more accounts it is not known which are not there. */
	static final int MOST_NAMED = 2000;

	public static final OtherAccounts NOT_ASKED = new OtherAccounts(Set.of(), null, null, null);

}
