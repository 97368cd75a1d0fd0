package io.latchkey.nodestate;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a node beside its state, for a person.
 *
 * @param detail what is the matter and what to do; null when all is well
 * @param findings what else is not as it should be and what it leads to, also when all is
 * well with the files
 * @param shownHostKey what it showed last instead of a pinned host key: a fingerprint, or
 * the algorithms of its keys; null when all is well
 * @param unseen its accounts that are not looked at
 */
public record NodeRemarks(@Nullable String detail, List<String> findings, @Nullable String shownHostKey,
		UnseenAccounts unseen) {

}
