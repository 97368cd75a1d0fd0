package io.latchkey.pages.nodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.latchkey.nodestate.AccountState;
import io.latchkey.pages.Links;

/**
 * Who can get in as an account, by the lines that stood there at the last look.
 *
 * @param foreign how many lines with keys of nobody known
 * @param latchkey whether Latchkey's own line is among them
 * @param more how many people are not shown
 */
record WhoView(String account, List<Person> people, long foreign, boolean latchkey, int more) {

	private static final int MOST_PEOPLE = 20;

	private static final int MOST_GRANTS = 3;

	/**
	 * Whose key stands there.
	 *
	 * @param grants the first few by which it does; none where no grant says so
	 */
	record Person(String name, String link, List<String> grants) {

	}

	static WhoView of(AccountState account) {
		List<AccountState.Entry> there = account.entries().stream().filter((entry) -> entry.is() != null).toList();
		Map<String, TreeSet<Long>> grantsOf = there.stream()
			.filter((entry) -> entry.identity() != null)
			.collect(Collectors.groupingBy((entry) -> String.valueOf(entry.identity()), LinkedHashMap::new,
					Collectors.flatMapping((entry) -> entry.grants().stream(), Collectors.toCollection(TreeSet::new))));
		List<Person> people = grantsOf.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.limit(MOST_PEOPLE)
			.map((entry) -> new Person(entry.getKey(), Links.holder(entry.getKey()),
					entry.getValue().stream().limit(MOST_GRANTS).map(String::valueOf).toList()))
			.toList();
		long foreign = there.stream().filter(WhoView::isForeign).count() + account.foreignBeyond();
		return new WhoView(account.account(), people, foreign, there.stream().anyMatch(WhoView::isOwn),
				grantsOf.size() - people.size());
	}

	/** Whether nobody is let in there, as far as it was looked at. */
	boolean isEmpty() {
		return this.people.isEmpty() && this.foreign == 0 && !this.latchkey;
	}

	private static boolean isForeign(AccountState.Entry entry) {
		return entry.origin() == AccountState.Origin.FOREIGN && entry.identity() == null && entry.fingerprint() != null;
	}

	private static boolean isOwn(AccountState.Entry entry) {
		return entry.origin() == AccountState.Origin.LATCHKEY && entry.identity() == null && entry.grants().isEmpty();
	}

}
