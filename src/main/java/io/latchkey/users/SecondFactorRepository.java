package io.latchkey.users;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SecondFactorRepository {

	private final JdbcClient jdbc;

	SecondFactorRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Stored> find(long user) {
		return this.jdbc.sql("""
				select f.secret, f.confirmed, f.made_at,
				(select count(*) from recovery_code c where c.user_id = f.user_id) as codes
				from second_factor f where f.user_id = ?""")
			.param(user)
			.query((row, number) -> new Stored(Base64.getDecoder().decode(row.getString("secret")),
					new SecondFactor(row.getBoolean("confirmed"),
							row.getObject("made_at", OffsetDateTime.class).toInstant(), row.getInt("codes"))))
			.optional();
	}

	void insert(long user, byte[] sealedSecret, Instant at) {
		this.jdbc.sql("""
				insert into second_factor (user_id, secret, confirmed, last_step, made_at)
				values (?, ?, false, 0, ?)""")
			.params(user, Base64.getEncoder().encodeToString(sealedSecret), at.atOffset(ZoneOffset.UTC))
			.update();
	}

	boolean confirm(long user, long step) {
		return this.jdbc.sql("""
				update second_factor set confirmed = true, last_step = ? where user_id = ? and confirmed = false""")
			.params(step, user)
			.update() > 0;
	}

	/** Whether the code of the step was still unused; of several at once one is. */
	boolean use(long user, long step) {
		return this.jdbc.sql("""
				update second_factor set last_step = ? where user_id = ? and confirmed = true and last_step < ?""")
			.params(step, user, step)
			.update() > 0;
	}

	void addRecoveryCodes(long user, List<String> hashes) {
		hashes.forEach((hash) -> this.jdbc.sql("insert into recovery_code (user_id, code_hash) values (?, ?)")
			.params(user, hash)
			.update());
	}

	boolean useRecoveryCode(long user, String hash) {
		return this.jdbc.sql("delete from recovery_code where user_id = ? and code_hash = ?")
			.params(user, hash)
			.update() > 0;
	}

	boolean delete(long user) {
		this.jdbc.sql("delete from recovery_code where user_id = ?").param(user).update();
		return this.jdbc.sql("delete from second_factor where user_id = ?").param(user).update() > 0;
	}

	record Stored(byte[] sealedSecret, SecondFactor factor) {

		@Override
		public String toString() {
			return "Stored[…]";
		}

	}

}
