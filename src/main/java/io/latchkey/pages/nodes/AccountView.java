package io.latchkey.pages.nodes;

import java.util.Comparator;
import java.util.List;

import io.latchkey.reconcile.AccountState;
import io.latchkey.reconcile.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * What an account's file should hold and holds, differences first.
 */
record AccountView(String account, String file, NodeState state, @Nullable String detail, List<LineView> lines) {

	static AccountView of(AccountState account) {
		List<LineView> lines = account.entries()
			.stream()
			.map(LineView::of)
			.sorted(Comparator.comparing(LineView::difference))
			.toList();
		return new AccountView(account.account(), account.file(), account.state(), account.detail(), lines);
	}

}
