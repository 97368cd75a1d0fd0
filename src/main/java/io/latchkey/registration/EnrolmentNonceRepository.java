package io.latchkey.registration;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What machines are to sign with their host keys: whoever repeats what another one has
 * signed proves nothing.
 */
@Repository
class EnrolmentNonceRepository {

	/** The script takes seconds; a slow machine gets minutes. */
	static final Duration GOOD_FOR = Duration.ofMinutes(5);

	/** More than machines that register at a time. */
	static final int MOST_OF_A_TOKEN = 1_000;

	private static final int BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final JdbcClient jdbc;

	private final Clock clock;

	EnrolmentNonceRepository(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Of a token with too many, the oldest is forgotten. */
	@Transactional(propagation = Propagation.MANDATORY)
	public String make(String tokenId) {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		String nonce = HexFormat.of().formatHex(bytes);
		this.jdbc.sql("delete from enrolment_nonce where made_at < ?").param(oldest()).update();
		this.jdbc.sql("""
				delete from enrolment_nonce where token_id = :token and made_at <=
				(select made_at from enrolment_nonce where token_id = :token
				order by made_at desc offset :most rows fetch first 1 rows only)""")
			.param("token", tokenId)
			.param("most", MOST_OF_A_TOKEN - 1)
			.update();
		this.jdbc.sql("insert into enrolment_nonce (nonce, token_id, made_at) values (?, ?, ?)")
			.params(nonce, tokenId, utc(this.clock.instant()))
			.update();
		return nonce;
	}

	boolean isGood(String nonce, String tokenId) {
		return this.jdbc.sql("select count(*) from enrolment_nonce where nonce = ? and token_id = ? and made_at >= ?")
			.params(nonce, tokenId, oldest())
			.query(Integer.class)
			.single() > 0;
	}

	/** Returns whether it was good; it is not any more. */
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean redeem(String nonce, String tokenId) {
		return this.jdbc.sql("delete from enrolment_nonce where nonce = ? and token_id = ? and made_at >= ?")
			.params(nonce, tokenId, oldest())
			.update() > 0;
	}

	private OffsetDateTime oldest() {
		return utc(this.clock.instant().minus(GOOD_FOR));
	}

	private static OffsetDateTime utc(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
