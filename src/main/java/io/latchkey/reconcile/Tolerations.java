package io.latchkey.reconcile;

import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.openssh.Fingerprint;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Foreign keys that need nobody until a date. Tolerating one changes nothing on any node,
 * and keeps none that {@code EXCLUSIVE} takes off.
 */
@Service
@Transactional
public class Tolerations {

	private static final int LONGEST_REASON = 1000;

	private final JdbcClient jdbc;

	private final CurrentActor actor;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Tolerations(JdbcClient jdbc, CurrentActor actor, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.actor = actor;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Tolerates these keys until then, whatever was said of them before.
	 * @throws InvalidInputException when the date has passed, or no reason is given
	 */
	public void tolerate(Collection<Fingerprint> keys, Instant until, String reason) {
		if (!until.isAfter(this.clock.instant())) {
			throw new InvalidInputException(Fault.of("until", "instant.past"));
		}
		if (reason.isBlank()) {
			throw new InvalidInputException(Fault.of("reason", "toleration.reason"));
		}
		if (reason.length() > LONGEST_REASON) {
			throw new InvalidInputException(Fault.of("reason", "text.long", LONGEST_REASON));
		}
		Instant end = until.truncatedTo(ChronoUnit.MICROS);
		keys.stream().distinct().forEach((key) -> {
			delete(List.of(key));
			this.jdbc.sql("""
					insert into tolerated_key (fingerprint, tolerated_until, reason, tolerated_by)
					values (:key, :until, :reason, :actor)""")
				.param("key", key.value())
				.param("until", JdbcColumns.at(end))
				.param("reason", reason)
				.param("actor", this.actor.get().name())
				.update();
			this.events.publishEvent(new KeyTolerated(key, end, reason));
		});
	}

	/** Those that hold now. */
	@Transactional(readOnly = true)
	public Map<Fingerprint, Toleration> current() {
		Map<Fingerprint, Toleration> current = new HashMap<>();
		this.jdbc.sql("select * from tolerated_key where tolerated_until > :now")
			.param("now", JdbcColumns.at(this.clock.instant()))
			.query((ResultSet row) -> {
				Fingerprint key = Fingerprint.parse(row.getString("fingerprint"));
				current.put(key, new Toleration(key, JdbcColumns.requiredInstant(row, "tolerated_until"),
						row.getString("reason"), row.getString("tolerated_by")));
			});
		return current;
	}

	private void delete(List<Fingerprint> keys) {
		this.jdbc.sql("delete from tolerated_key where fingerprint in (:keys)")
			.param("keys", keys.stream().map(Fingerprint::value).toList())
			.update();
	}

}
