package io.latchkey.api.problem;

import java.util.List;

import io.latchkey.desired.RemovalPreview;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What a change would take off.
 *
 * @param nodes the accounts that would lose lines; at most the first 1000
 * @param nodeCount how many nodes would lose lines, all of them
 * @param addCount how many lines would come, in place of others for instance
 * @param removeCount how many lines would go
 * @param identities who would not get in to an account any more
 * @param steps what is done for it, where that is more than was asked for by name, such
 * as {@code revoke grant:7}
 * @param observed the nodes among those that would lose lines which are only observed
 * (mode {@code OBSERVE}): nothing is taken off there; at most the first 1000
 * @param observedCount how many these are, all of them
 */
record PreviewAnswer(List<AccountAnswer> nodes, long nodeCount, int addCount, int removeCount, List<String> identities,
		List<String> steps, List<String> observed, int observedCount) {

	private static final int MOST = 1000;

	static PreviewAnswer of(RemovalPreview preview) {
		return new PreviewAnswer(preview.accounts().stream().limit(MOST).map(AccountAnswer::of).toList(),
				preview.countNodes(), preview.countAdded(), preview.countRemoved(), preview.identities(),
				preview.steps(), preview.observed().stream().sorted().limit(MOST).toList(), preview.observed().size());
	}

	/**
	 * One account on one node.
	 *
	 * @param stillLetIn who loses a line and gets in there all the same
	 */
	record AccountAnswer(String node, String account, List<String> add, List<String> remove,
			List<StillLetInAnswer> stillLetIn) {

		static AccountAnswer of(RemovalPreview.AccountLoss loss) {
			return new AccountAnswer(loss.node(), loss.account(), loss.add(),
					loss.remove().stream().map(RemovalPreview.Line::text).toList(),
					loss.remove()
						.stream()
						.filter(RemovalPreview.Line::isStillLetIn)
						.map(StillLetInAnswer::of)
						.distinct()
						.toList());
		}

	}

	/**
	 * Somebody who gets in all the same.
	 *
	 * @param identity whose key it is, when known
	 * @param grants the ids of the other grants
	 * @param foreignKeys the keys in lines that Latchkey did not write
	 */
	record StillLetInAnswer(@Nullable String identity, List<Long> grants, List<String> foreignKeys) {

		static StillLetInAnswer of(RemovalPreview.Line line) {
			return new StillLetInAnswer(line.identity(), line.otherGrants(),
					line.foreignKeys().stream().map(Fingerprint::value).toList());
		}

	}

}
