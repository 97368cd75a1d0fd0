package io.latchkey.logins;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.latchkey.core.StatementBatch;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the logins of one node: those that were let in stand one by one, up to
 * so many a day. The others, all that were refused, and Latchkey's own are counted by
 * day, account, address and key; whatever would make too many counts, in one.
 */
final class LoginTally {

	private final LoginProperties properties;

	private final Map<LocalDate, Integer> singles;

	private final Map<Key, Login> tallies = new LinkedHashMap<>();

	private final Map<LocalDate, Integer> talliesOfDay = new HashMap<>();

	private final Map<Key, Login> changed = new LinkedHashMap<>();

	private final List<Login> added = new ArrayList<>();

	/**
	 * @param stored the counts that there are
	 * @param singles how many stand one by one, by day
	 */
	LoginTally(LoginProperties properties, List<Login> stored, Map<LocalDate, Integer> singles) {
		this.properties = properties;
		this.singles = new HashMap<>(singles);
		stored.forEach((tally) -> {
			this.tallies.put(Key.of(tally), tally);
			this.talliesOfDay.merge(LoginRepository.day(tally.at()), 1, Integer::sum);
		});
	}

	void add(Login login) {
		LocalDate day = LoginRepository.day(login.at());
		boolean alone = login.outcome() == Login.Outcome.ACCEPTED && login.standing() != Standing.LATCHKEY;
		if (alone && this.singles.merge(day, 1, Integer::sum) <= this.properties.mostOfADay()) {
			this.added.add(login);
			return;
		}
		Key own = Key.of(login);
		boolean fits = this.tallies.containsKey(own)
				|| this.talliesOfDay.getOrDefault(day, 0) < this.properties.mostTallies();
		Login counted = fits ? login : unnamed(login);
		Key key = Key.of(counted);
		Login before = this.tallies.get(key);
		if (before == null) {
			this.talliesOfDay.merge(day, 1, Integer::sum);
		}
		Login after = (before != null) ? sum(before, counted) : counted;
		this.tallies.put(key, after);
		this.changed.put(key, after);
	}

	void store(LoginRepository repository, StatementBatch batch) {
		this.added.forEach((login) -> repository.insert(batch, login, false));
		this.changed.values().forEach((tally) -> {
			if (tally.id() == 0) {
				repository.insert(batch, tally, true);
			}
			else {
				repository.count(batch, tally);
			}
		});
	}

	private static Login unnamed(Login login) {
		return new Login(0, login.at(), login.since(), login.times(), login.node(), null, login.outcome(), null, "-",
				null, login.standing(), null, null, login.proved());
	}

	private static Login sum(Login before, Login more) {
		return new Login(before.id(), latest(before.at(), more.at()), earliest(before.since(), more.since()),
				before.times() + more.times(), before.node(), before.account(), before.outcome(), before.method(),
				before.address(), before.fingerprint(), before.standing(), before.identity(), before.grant(),
				before.proved());
	}

	private static Instant latest(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	/**
	 * What is counted together.
	 */
	private record Key(LocalDate day, String account, String address, String method, Login.Outcome outcome,
			String fingerprint, @Nullable Standing standing, @Nullable Long grant, boolean proved) {

		static Key of(Login login) {
			return new Key(LoginRepository.day(login.at()), Objects.requireNonNullElse(login.account(), ""),
					login.address(), Objects.requireNonNullElse(login.method(), ""), login.outcome(),
					Objects.requireNonNullElse(login.fingerprint(), ""), login.standing(), login.grant(),
					login.proved());
		}

	}

}
