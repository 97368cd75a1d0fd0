package io.latchkey.pages.nodes;

import java.util.Comparator;
import java.util.List;

import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * What an account's file should hold and holds, differences first.
 *
 * @param foreign how many lines nobody granted
 * @param more how many lines there are that are not shown
 */
record AccountView(String account, String file, NodeState state, @Nullable String detail, List<LineView> lines,
		long foreign, long more) {

	/** What a page shows of one account. */
	private static final int MOST_LINES = 200;

	static AccountView of(AccountState account) {
		List<LineView> lines = account.entries()
			.stream()
			.map(LineView::of)
			.sorted(Comparator.comparing(LineView::difference))
			.toList();
		List<LineView> shown = lines.subList(0, Math.min(lines.size(), MOST_LINES));
		long foreign = lines.stream().filter((line) -> line.difference() == LineView.Difference.FOREIGN).count();
		return new AccountView(account.account(), account.file(), account.state(), account.detail(), shown,
				foreign + account.foreignBeyond(), lines.size() - shown.size() + account.foreignBeyond());
	}

}
