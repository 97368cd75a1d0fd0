package io.latchkey.api.problem;

import java.util.List;

import io.latchkey.reconcile.RemovalPreview;

/**
 * What a change would take off.
 *
 * @param nodes the accounts that would lose lines; at most the first 1000
 * @param nodeCount how many nodes would lose lines, all of them
 * @param addCount how many lines would come, in place of others for instance
 * @param removeCount how many lines would go
 * @param identities who would lose a key on an account
 */
record PreviewAnswer(List<AccountAnswer> nodes, long nodeCount, int addCount, int removeCount,
		List<String> identities) {

	private static final int MOST = 1000;

	static PreviewAnswer of(RemovalPreview preview) {
		return new PreviewAnswer(preview.accounts().stream().limit(MOST).map(AccountAnswer::of).toList(),
				preview.countNodes(), preview.countAdded(), preview.countRemoved(), preview.identities());
	}

	/**
	 * One account on one node.
	 */
	record AccountAnswer(String node, String account, List<String> add, List<String> remove) {

		static AccountAnswer of(RemovalPreview.AccountLoss loss) {
			return new AccountAnswer(loss.node(), loss.account(), loss.add(),
					loss.remove().stream().map(RemovalPreview.Line::text).toList());
		}

	}

}
