package io.latchkey.logins;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.LoginEvent;
import io.latchkey.openssh.ShownText;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Puts on record what was read of logs: for many nodes in one transaction, with how far
 * each was read, so that no line is recorded twice.
 */
@Component
class LoginRecorder {

	private static final int LONGEST_ACCOUNT = 256;

	private final LoginLogRepository logs;

	private final LoginRepository logins;

	private final KeyUseRepository uses;

	private final LoginOriginReader origins;

	private final KnownAddresses addresses;

	private final LoginProperties properties;

	private final Clock clock;

	LoginRecorder(LoginLogRepository logs, LoginRepository logins, KeyUseRepository uses, LoginOriginReader origins,
			KnownAddresses addresses, LoginProperties properties, Clock clock) {
		this.logs = logs;
		this.logins = logins;
		this.uses = uses;
		this.origins = origins;
		this.addresses = addresses;
		this.properties = properties;
		this.clock = clock;
	}

	/** In the transaction at hand. */
	void record(List<NodeLog> read, StatementBatch batch) {
		Map<NodeId, LoginLogRepository.ReadLog> known = this.logs.lock(read.stream().map(NodeLog::node).toList());
		Set<NodeId> existing = Set.copyOf(this.logs.existing(read.stream().map(NodeLog::node).toList()));
		Map<NodeLog, LoggedEvents> events = new LinkedHashMap<>();
		read.stream()
			.filter((log) -> existing.contains(log.node()) && isNext(log, known.get(log.node())))
			.forEach((log) -> events.put(log, log.events()));
		events.forEach((log, found) -> this.logs.store(batch, log.after(found), known.containsKey(log.node())));
		Map<NodeLog, LoggedEvents> some = new LinkedHashMap<>(events);
		some.values().removeIf((found) -> found.events().isEmpty());
		if (!some.isEmpty()) {
			store(some, batch);
		}
	}

	/** Another visit may have read the same meanwhile. */
	private static boolean isNext(NodeLog log, LoginLogRepository.@Nullable ReadLog known) {
		return (known != null) ? known.position().equals(log.before().position()) : log.before().readUntil() == null;
	}

	private void store(Map<NodeLog, LoggedEvents> found, StatementBatch batch) {
		Map<NodeLog, List<Login>> logins = this.addresses.mark(logins(found), batch);
		List<String> nodes = logins.keySet().stream().map(NodeLog::name).toList();
		Instant first = logins.values()
			.stream()
			.flatMap(List::stream)
			.map(Login::at)
			.min(Instant::compareTo)
			.orElseGet(this.clock::instant);
		Map<String, List<Login>> stored = this.logins.tallies(nodes, LoginRepository.day(first))
			.stream()
			.collect(Collectors.groupingBy(Login::node));
		Map<String, Map<LocalDate, Integer>> singles = this.logins.singles(nodes, LoginRepository.day(first));
		logins.forEach((log, all) -> {
			LoginTally tally = new LoginTally(this.properties, stored.getOrDefault(log.name(), List.of()),
					singles.getOrDefault(log.name(), Map.of()));
			all.forEach(tally::add);
			tally.store(this.logins, batch);
		});
		storeUses(logins, batch);
	}

	private Map<NodeLog, List<Login>> logins(Map<NodeLog, LoggedEvents> found) {
		Instant oldest = this.clock.instant().minus(this.properties.keep());
		Set<Fingerprint> keys = new HashSet<>();
		List<Instant> instants = new ArrayList<>();
		found.values().forEach((events) -> events.events().forEach((came) -> {
			instants.add(came.at());
			if (came.event() instanceof LoginEvent.Accepted accepted && accepted.key() != null) {
				keys.add(accepted.key());
			}
		}));
		Instant since = instants.stream().min(Instant::compareTo).orElse(oldest);
		LoginOrigins origins = this.origins.read(found.keySet().stream().map(NodeLog::node).toList(), keys, since);
		Map<NodeLog, List<Login>> logins = new LinkedHashMap<>();
		found.forEach((log, events) -> logins.put(log,
				events.events()
					.stream()
					.filter((came) -> came.at().isAfter(oldest))
					.map((came) -> login(log, came, origins))
					.toList()));
		return logins;
	}

	private static Login login(NodeLog log, LoggedEvents.Came came, LoginOrigins origins) {
		Instant at = came.at().truncatedTo(ChronoUnit.MICROS);
		boolean proved = log.log().source() != ServerLog.Source.SYSLOG;
		if (came.event() instanceof LoginEvent.Accepted accepted) {
			LoginOrigins.Origin origin = origins.of(log.node(), accepted.account(),
					(accepted.authority() == null) ? accepted.key() : null, at);
			return new Login(0, at, at, 1, log.name(), shortened(accepted.account()), Login.Outcome.ACCEPTED,
					ShownText.of(accepted.method()), ShownText.of(accepted.address()), text(accepted.key()),
					origin.standing(), origin.identity(), origin.grant(), proved);
		}
		LoginEvent.Refused refused = (LoginEvent.Refused) came.event();
		return new Login(0, at, at, 1, log.name(), shortened(refused.account()), Login.Outcome.REFUSED,
				shownOrNull(refused.method()), ShownText.of(refused.address()), text(refused.key()), null, null, null,
				proved);
	}

	private static @Nullable String shownOrNull(@Nullable String text) {
		return (text != null) ? ShownText.of(text) : null;
	}

	private static @Nullable String text(@Nullable Fingerprint key) {
		return (key != null) ? key.value() : null;
	}

	/** A log may hold anything. */
	private static @Nullable String shortened(@Nullable String account) {
		if (account == null) {
			return null;
		}
		String shown = ShownText.of(account);
		int end = Math.min(shown.length(), LONGEST_ACCOUNT);
		return shown.substring(0, (end > 0 && Character.isHighSurrogate(shown.charAt(end - 1))) ? end - 1 : end);
	}

	/** Of each key and account the last; no more of a node than are kept. */
	private void storeUses(Map<NodeLog, List<Login>> logins, StatementBatch batch) {
		Map<String, Map<List<String>, KeyUse>> known = new HashMap<>();
		this.uses.onNodes(logins.keySet().stream().map(NodeLog::name).toList())
			.forEach((use) -> known.computeIfAbsent(use.node(), (node) -> new HashMap<>())
				.put(List.of(use.fingerprint(), use.account()), use));
		logins.forEach((log, all) -> {
			Map<List<String>, KeyUse> before = known.getOrDefault(log.name(), Map.of());
			Map<List<String>, KeyUse> last = new LinkedHashMap<>();
			all.stream()
				.filter((login) -> login.account() != null && login.isByKey())
				.map(LoginRecorder::use)
				.forEach((use) -> last.merge(List.of(use.fingerprint(), use.account()), use, LoginRecorder::later));
			int room = this.properties.mostKeys() - before.size();
			for (Map.Entry<List<String>, KeyUse> each : last.entrySet()) {
				KeyUse earlier = before.get(each.getKey());
				if (earlier != null) {
					this.uses.store(batch, later(earlier, each.getValue()), true);
				}
				else if (room-- > 0) {
					this.uses.store(batch, each.getValue(), false);
				}
			}
		});
	}

	private static KeyUse later(KeyUse one, KeyUse other) {
		return other.at().isBefore(one.at()) ? one : other;
	}

	private static KeyUse use(Login login) {
		String key = login.fingerprint();
		return new KeyUse((key != null) ? key : KeyUse.UNNAMED, login.node(), String.valueOf(login.account()),
				login.at(), login.address(), (login.standing() != null) ? login.standing() : Standing.NO_KEY,
				login.identity(), login.grant(), login.proved());
	}

}
