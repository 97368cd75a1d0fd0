package io.latchkey.passwords;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.inventory.Node;
import io.latchkey.logins.LogReading;
import io.latchkey.logins.PasswordUse;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;

/**
 * Who would be shut out, and who would still get in.
 */
final class AccountChecks {

	private final Node node;

	private final PasswordLogins said;

	private final NodeFacts facts;

	private final Instant now;

	AccountChecks(Node node, PasswordLogins said, NodeFacts facts, Instant now) {
		this.node = node;
		this.said = said;
		this.facts = facts;
		this.now = now;
	}

	void addTo(CheckList checks) {
		addKeyless(checks);
		addLogins(checks);
		addLog(checks);
		addEmergencyKey(checks);
	}

	/**
	 * Those whose key nobody was seen to have, and those whose key nobody was seen to
	 * use.
	 */
	private void addKeyless(CheckList checks) {
		Set<String> keyless = new TreeSet<>(this.said.accounts().passworded());
		keyless.removeAll(withKeys());
		checks.add(Subject.ACCOUNTS, keyless.isEmpty() ? Status.OK : Status.WARNING, List.copyOf(keyless));
		Set<String> keyed = new TreeSet<>(this.said.accounts().passworded());
		keyed.removeAll(keyless);
		keyed.remove(this.node.management().account());
		if (keyed.isEmpty()) {
			return;
		}
		Set<String> unproved = new TreeSet<>(keyed);
		this.facts.accounts()
			.stream()
			.filter((account) -> keys(account, (entry) -> true)
				.anyMatch((key) -> this.facts.letIn(key, account.account())))
			.forEach((account) -> unproved.remove(account.account()));
		checks.add(Subject.PROVED_KEYS, unproved.isEmpty() ? Status.OK : Status.WARNING, List.copyOf(unproved));
	}

	/** As Latchkey has read the log since it knows the node, and as the log says now. */
	private void addLogins(CheckList checks) {
		Map<String, String> came = new TreeMap<>(CameByPassword.in(this.said.came().lines()));
		boolean proved = came.isEmpty() || this.said.came().log() == PasswordLogins.Log.JOURNAL;
		for (PasswordUse use : this.facts.passwords()) {
			came.put(use.account(), "%s (%d×, %s)".formatted(use.account(), use.times(), day(use.at())));
			proved &= use.proved();
		}
		boolean blind = this.said.came().log() == PasswordLogins.Log.NONE && this.facts.log() == null;
		if (came.isEmpty()) {
			checks.add(Subject.LOGINS, blind ? Status.UNKNOWN : Status.OK, List.of());
		}
		else {
			checks.add(Subject.LOGINS, Status.WARNING, proved ? "journal" : "syslog", List.copyOf(came.values()));
		}
	}

	/** How much of the 90 days is known. */
	private void addLog(CheckList checks) {
		LogReading log = this.facts.log();
		if (log == null) {
			checks.add(Subject.LOG, Status.UNKNOWN, "unread", List.of());
			return;
		}
		Instant gap = log.gapUntil();
		if (log.failure() != null) {
			checks.add(Subject.LOG, Status.UNKNOWN, "failed", List.of(), log.failure());
		}
		else if (gap != null && gap.isAfter(this.now.minus(FactsReader.BACK))) {
			String from = (log.gapFrom() != null) ? day(log.gapFrom()) : "…";
			checks.add(Subject.LOG, Status.UNKNOWN, "gap", List.of(), from, day(gap));
		}
		else {
			checks.add(Subject.LOG, Status.OK, List.of(), day(log.at()));
		}
	}

	/** One that serves without Latchkey: it has no end, and it is not Latchkey's own. */
	private void addEmergencyKey(CheckList checks) {
		List<String> proved = emergencyKeys((account, key) -> this.facts.letIn(key, account));
		List<String> others = emergencyKeys((account, key) -> !this.facts.letIn(key, account));
		if (!proved.isEmpty()) {
			checks.add(Subject.EMERGENCY_KEY, Status.OK, proved);
		}
		else {
			checks.add(Subject.EMERGENCY_KEY, others.isEmpty() ? Status.WARNING : Status.UNKNOWN, others);
		}
	}

	private List<String> emergencyKeys(BiPredicate<String, String> wanted) {
		return this.facts.accounts()
			.stream()
			.filter((account) -> "root".equals(account.account())
					|| account.account().equals(this.node.management().account()))
			.flatMap((account) -> keys(account, AccountChecks::servesWithoutLatchkey)
				.filter((key) -> wanted.test(account.account(), key))
				.map((key) -> account.account() + " " + key))
			.toList();
	}

	private static boolean servesWithoutLatchkey(Entry entry) {
		return (entry.origin() == AccountState.Origin.FOREIGN || entry.identity() != null)
				&& !entry.options().contains("expiry-time");
	}

	private Set<String> withKeys() {
		return this.facts.accounts()
			.stream()
			.filter((account) -> keys(account, (entry) -> true).findAny().isPresent())
			.map(AccountState::account)
			.collect(Collectors.toSet());
	}

	private static Stream<String> keys(AccountState account, Predicate<Entry> wanted) {
		return account.entries()
			.stream()
			.filter((entry) -> entry.is() != null && wanted.test(entry))
			.flatMap((entry) -> Stream.ofNullable(entry.fingerprint()))
			.map((fingerprint) -> fingerprint.value());
	}

	private static String day(Instant at) {
		return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
	}

}
