package io.latchkey.logins;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.StatementBatch;
import io.latchkey.openssh.IpNetwork;

import org.springframework.stereotype.Component;

/**
 * From where each identity, or a key that is nobody's, came before. Of IPv6 the network
 * counts (/64): a machine changes the rest by itself.
 */
@Component
class KnownAddresses {

	/** Whoever comes from more places is at home everywhere, and nothing is new. */
	private static final int MOST_PLACES = 200;

	private static final int IPV6 = 16;

	/** It is not noted each time that somebody came. */
	private static final Duration NOTED = Duration.ofDays(1);

	private final KnownAddressRepository repository;

	KnownAddresses(KnownAddressRepository repository) {
		this.repository = repository;
	}

	/**
	 * The same logins, those marked that are the first of theirs from there. Whoever was
	 * not known at all comes from nowhere new, and what a first look at a log brings is
	 * past.
	 */
	Map<NodeLog, List<Login>> mark(Map<NodeLog, List<Login>> logins, StatementBatch batch) {
		Set<String> whose = logins.values()
			.stream()
			.flatMap(List::stream)
			.flatMap((login) -> who(login).stream())
			.collect(Collectors.toSet());
		if (whose.isEmpty()) {
			return logins;
		}
		Places places = new Places(this.repository.of(whose));
		Map<NodeLog, List<Login>> marked = new LinkedHashMap<>();
		logins.forEach((log, all) -> {
			boolean first = log.before().readUntil() == null;
			marked.put(log,
					all.stream()
						.sorted(Comparator.comparing(Login::at))
						.map((login) -> places.isNew(login) && !first ? login.asFresh() : login)
						.toList());
		});
		places.store(this.repository, batch);
		return marked;
	}

	private static Optional<String> who(Login login) {
		boolean counts = login.outcome() == Login.Outcome.ACCEPTED && login.standing() != Standing.LATCHKEY;
		return counts ? Optional.ofNullable(login.fingerprint())
			.map((key) -> Objects.requireNonNullElse(login.identity(), key)) : Optional.empty();
	}

	static String place(String address) {
		byte[] bytes = IpNetwork.literal(address).orElse(null);
		if (bytes == null || bytes.length != IPV6) {
			return address;
		}
		StringBuilder network = new StringBuilder();
		for (int i = 0; i < IPV6 / 2; i += 2) {
			network.append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff)).append(':');
		}
		return network.append(":/64").toString();
	}

	/**
	 * What is known, and what comes to it.
	 */
	private static final class Places {

		private final Map<String, Map<String, KnownAddress>> known = new HashMap<>();

		private final Set<String> before;

		private final Map<List<String>, KnownAddress> added = new LinkedHashMap<>();

		private final Map<List<String>, KnownAddress> later = new LinkedHashMap<>();

		Places(Collection<KnownAddress> rows) {
			rows.forEach((row) -> of(row.who()).merge(row.place(), row, (one, other) -> one.at(other.lastAt())));
			this.before = new HashSet<>(this.known.keySet());
		}

		private Map<String, KnownAddress> of(String who) {
			return this.known.computeIfAbsent(who, (name) -> new HashMap<>());
		}

		boolean isNew(Login login) {
			String who = who(login).orElse(null);
			if (who == null) {
				return false;
			}
			String place = place(login.address());
			Map<String, KnownAddress> theirs = of(who);
			KnownAddress there = theirs.get(place);
			if (there != null) {
				note(there, login.at());
				return false;
			}
			if (theirs.size() >= MOST_PLACES) {
				return false;
			}
			KnownAddress first = new KnownAddress(who, place, login.at(), login.at());
			theirs.put(place, first);
			this.added.put(List.of(who, place), first);
			return this.before.contains(who);
		}

		private void note(KnownAddress there, Instant at) {
			List<String> key = List.of(there.who(), there.place());
			KnownAddress now = there.at(at);
			if (this.added.containsKey(key)) {
				this.added.put(key, now);
			}
			else if (now.lastAt().isAfter(there.lastAt().plus(NOTED))) {
				this.later.put(key, now);
			}
			of(there.who()).put(there.place(),
					this.added.containsKey(key) || this.later.containsKey(key) ? now : there);
		}

		void store(KnownAddressRepository repository, StatementBatch batch) {
			this.added.values().forEach((each) -> repository.insert(batch, each));
			this.later.values().forEach((each) -> repository.update(batch, each));
		}

	}

}
