package io.latchkey.nodestate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.nodestate.AccountState.Origin;
import io.latchkey.nodestate.AccountState.Status;
import io.latchkey.openssh.Fingerprint;

/**
 * What is kept of an account's lines: all that should be there, and so many of the
 * others. An account may have as many lines as its owner likes, which must not become
 * everybody's load. First kept are those with a key that Latchkey placed or wants there,
 * then those with any key, in the order of the file.
 *
 * @param entries in the order of the file
 * @param beyond how many lines are not among them
 * @param whole whether all lines with a key of Latchkey's are
 */
public record KeptEntries(List<Entry> entries, long beyond, boolean whole) {

	/** Lines of one account that nobody wants there. */
	public static final int MOST_OF_AN_ACCOUNT = 1_000;

	/** The same of all accounts of a node. */
	public static final int MOST_OF_A_NODE = 10_000;

	/** Of those lines of one account, in characters. */
	static final int MOST_CHARACTERS = 1024 * 1024;

	/**
	 * @param own the keys that Latchkey placed there or wants there
	 * @param room for how many lines the node has left
	 */
	static KeptEntries of(List<Entry> entries, Set<Fingerprint> own, int room) {
		int most = Math.min(room, MOST_OF_AN_ACCOUNT);
		if (fit(entries, most)) {
			return new KeptEntries(entries, 0, true);
		}
		List<Entry> unwanted = unwanted(entries);
		Set<Entry> left = Collections.newSetFromMap(new IdentityHashMap<>());
		long characters = 0;
		int kept = 0;
		boolean whole = true;
		List<Entry> byRank = new ArrayList<>(unwanted);
		byRank.sort(Comparator.comparing((Entry entry) -> rank(entry, own)));
		for (Entry entry : byRank) {
			characters += length(entry);
			if (kept < most && characters <= MOST_CHARACTERS) {
				kept++;
			}
			else {
				left.add(entry);
				whole = whole && rank(entry, own) > 0;
			}
		}
		return new KeptEntries(entries.stream().filter((entry) -> !left.contains(entry)).toList(), left.size(), whole);
	}

	/** Whether all of them are kept where there is room for so many. */
	static boolean fit(List<Entry> entries, int room) {
		List<Entry> unwanted = unwanted(entries);
		return unwanted.size() <= room && unwanted.stream().mapToLong(KeptEntries::length).sum() <= MOST_CHARACTERS;
	}

	/** How many are not kept, as far as the account alone decides. */
	public static long beyond(List<Entry> entries) {
		return of(entries, Set.of(), MOST_OF_AN_ACCOUNT).beyond();
	}

	private static List<Entry> unwanted(List<Entry> entries) {
		return entries.stream().filter((entry) -> !isWanted(entry)).toList();
	}

	static Set<Fingerprint> wantedKeys(List<Entry> entries) {
		Set<Fingerprint> keys = new HashSet<>();
		for (Entry entry : entries) {
			if (isWanted(entry) && entry.fingerprint() != null) {
				keys.add(entry.fingerprint());
			}
		}
		return keys;
	}

	/** There are no more of these than grants. */
	private static boolean isWanted(Entry entry) {
		return entry.status() == Status.MISSING || (entry.status() == Status.IN_PLACE && !entry.grants().isEmpty());
	}

	private static int rank(Entry entry, Set<Fingerprint> own) {
		if (entry.origin() == Origin.LATCHKEY || entry.shouldBe() != null
				|| (entry.fingerprint() != null && own.contains(entry.fingerprint()))) {
			return 0;
		}
		return (entry.fingerprint() != null) ? 1 : 2;
	}

	private static long length(Entry entry) {
		return ((entry.is() != null) ? entry.is().length() : 0) + entry.options().length();
	}

}
