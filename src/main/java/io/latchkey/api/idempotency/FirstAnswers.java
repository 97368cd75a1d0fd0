package io.latchkey.api.idempotency;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;

import io.latchkey.api.ApiProperties;
import io.latchkey.secrets.SecretVault;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The first answers, kept in the database until they can no longer be asked for again.
 * Each statement is its own transaction: two requests with one key meet at the unique
 * constraint, on whichever instance they are.
 */
@Component
class FirstAnswers {

	/** Longer than any request takes; a claim without an answer is a crash after that. */
	private static final Duration LONGEST_REQUEST = Duration.ofMinutes(5);

	private static final int ATTEMPTS = 3;

	/** Each may be as long as the answer to a request is. */
	static final int MOST_OF_A_CALLER = 10_000;

	private final JdbcClient jdbc;

	private final SecretVault vault;

	private final ApiProperties properties;

	private final Clock clock;

	private final JsonMapper mapper = new JsonMapper();

	FirstAnswers(JdbcClient jdbc, SecretVault vault, ApiProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.vault = vault;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * @param request a digest of the request
	 */
	Claim claim(IdempotencyKey key, byte[] request) {
		forgetOld();
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Instant now = this.clock.instant();
			if (hasTooMany(key)) {
				return new Claim.TooMany(MOST_OF_A_CALLER);
			}
			if (insert(key, request, now)) {
				return new Claim.First(now);
			}
			Optional<Row> row = find(key);
			if (row.isPresent() && !takeOver(key, row.get(), now)) {
				return compare(key, request, row.get());
			}
		}
		return new Claim.InProgress();
	}

	void keep(IdempotencyKey key, Claim.First claim, FirstAnswer answer) {
		this.jdbc.sql("""
				update idempotent_answer set answer = :answer
				where caller = :caller and idempotency_key = :key and claimed_at = :at""")
			.param("answer", seal(key, "answer", this.mapper.writeValueAsBytes(answer)))
			.param("caller", key.caller())
			.param("key", key.text())
			.param("at", utc(claim.at()))
			.update();
	}

	/** Nothing came of it: the next one with that key is the first again. */
	void release(IdempotencyKey key, Claim.First claim) {
		delete(key, utc(claim.at()));
	}

	/** A key that is there may be asked for again all the same. */
	private boolean hasTooMany(IdempotencyKey key) {
		return find(key).isEmpty() && this.jdbc.sql("""
				select count(*) from (select caller from idempotent_answer where caller = :caller
				fetch first :most rows only) answers""")
			.param("caller", key.caller())
			.param("most", MOST_OF_A_CALLER)
			.query(Long.class)
			.single() >= MOST_OF_A_CALLER;
	}

	private boolean insert(IdempotencyKey key, byte[] request, Instant now) {
		try {
			this.jdbc.sql("""
					insert into idempotent_answer (caller, idempotency_key, request, claimed_at)
					values (:caller, :key, :request, :at)""")
				.param("caller", key.caller())
				.param("key", key.text())
				.param("request", seal(key, "request", request))
				.param("at", utc(now))
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private Optional<Row> find(IdempotencyKey key) {
		return this.jdbc.sql("""
				select request, claimed_at, answer from idempotent_answer
				where caller = :caller and idempotency_key = :key""")
			.param("caller", key.caller())
			.param("key", key.text())
			.query((row, number) -> new Row(row.getString("request"), row.getObject("claimed_at", OffsetDateTime.class),
					row.getString("answer")))
			.optional();
	}

	private boolean takeOver(IdempotencyKey key, Row row, Instant now) {
		Duration age = Duration.between(row.claimedAt().toInstant(), now);
		boolean crashed = row.answer() == null && age.compareTo(LONGEST_REQUEST) > 0;
		if (crashed || age.compareTo(this.properties.idempotencyWindow()) > 0) {
			delete(key, row.claimedAt());
			return true;
		}
		return false;
	}

	private Claim compare(IdempotencyKey key, byte[] request, Row row) {
		if (!MessageDigest.isEqual(open(key, "request", row.request()), request)) {
			return new Claim.OtherRequest();
		}
		return (row.answer() != null)
				? new Claim.Repeated(this.mapper.readValue(open(key, "answer", row.answer()), FirstAnswer.class))
				: new Claim.InProgress();
	}

	private void delete(IdempotencyKey key, OffsetDateTime claimedAt) {
		this.jdbc.sql("""
				delete from idempotent_answer
				where caller = :caller and idempotency_key = :key and claimed_at = :at""")
			.param("caller", key.caller())
			.param("key", key.text())
			.param("at", claimedAt)
			.update();
	}

	private void forgetOld() {
		this.jdbc.sql("delete from idempotent_answer where claimed_at < :before")
			.param("before", utc(this.clock.instant().minus(this.properties.idempotencyWindow())))
			.update();
	}

	private String seal(IdempotencyKey key, String column, byte[] content) {
		return Base64.getEncoder().encodeToString(this.vault.seal(content, key.sealContext(column)));
	}

	private byte[] open(IdempotencyKey key, String column, String sealed) {
		return this.vault.open(Base64.getDecoder().decode(sealed), key.sealContext(column));
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/** As it stands in the database. */
	private record Row(String request, OffsetDateTime claimedAt, @Nullable String answer) {

	}

}
