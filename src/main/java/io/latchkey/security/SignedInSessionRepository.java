package io.latchkey.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The sessions of those who are signed in, so that they outlive the process.
 */
@Repository
class SignedInSessionRepository {

	private static final String SELECT = """
			select id, id_hash, username, password_mark, address, browser, since, last_used_at
			from signed_in_session\s""";

	private static final String LATEST_FIRST = "order by last_used_at desc, id desc offset ? rows";

	/** So many at a time are looked for that are over. */
	private static final int MOST_OVER = 500;

	private final JdbcClient jdbc;

	SignedInSessionRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Row row) {
		this.jdbc.sql("""
				insert into signed_in_session
				(id_hash, username, password_mark, address, browser, since, last_used_at)
				values (?, ?, ?, ?, ?, ?, ?)""")
			.params(row.idHash(), row.username(), row.passwordMark(), row.address(), row.browser(), at(row.since()),
					at(row.lastUsedAt()))
			.update();
	}

	Optional<Row> find(String idHash) {
		return this.jdbc.sql(SELECT + "where id_hash = ?").param(idHash).query((row, number) -> row(row)).optional();
	}

	/** The one that was used last first. */
	List<Row> of(String username) {
		return this.jdbc.sql(SELECT + "where username = ? order by last_used_at desc, id desc")
			.param(username)
			.query((row, number) -> row(row))
			.list();
	}

	/** All of the user's but so many that were used last. */
	List<Row> beyond(String username, int most) {
		return this.jdbc.sql(SELECT + "where username = ? " + LATEST_FIRST)
			.params(username, most)
			.query((row, number) -> row(row))
			.list();
	}

	List<Row> beyond(int most) {
		return this.jdbc.sql(SELECT + LATEST_FIRST).param(most).query((row, number) -> row(row)).list();
	}

	/** Those that were used before the one instant, or began before the other. */
	List<Row> over(Instant usedBefore, Instant begunBefore) {
		return this.jdbc.sql(SELECT + "where last_used_at < ? or since < ? order by id fetch next ? rows only")
			.params(at(usedBefore), at(begunBefore), MOST_OVER)
			.query((row, number) -> row(row))
			.list();
	}

	/** Unless it was marked after the instant {@code before}, by another request. */
	void markUsed(String idHash, Instant at, Instant before) {
		this.jdbc.sql("update signed_in_session set last_used_at = ? where id_hash = ? and last_used_at <= ?")
			.params(at(at), idHash, at(before))
			.update();
	}

	/** Whether it was there. */
	boolean delete(String idHash) {
		return this.jdbc.sql("delete from signed_in_session where id_hash = ?").param(idHash).update() > 0;
	}

	/** Whether it was there, and not used since. */
	boolean deleteUnused(String idHash, Instant usedBefore) {
		return this.jdbc.sql("delete from signed_in_session where id_hash = ? and last_used_at < ?")
			.params(idHash, at(usedBefore))
			.update() > 0;
	}

	private static Row row(ResultSet row) throws SQLException {
		return new Row(row.getLong("id"), row.getString("id_hash"), row.getString("username"),
				row.getString("password_mark"), row.getString("address"), row.getString("browser"),
				row.getObject("since", OffsetDateTime.class).toInstant(),
				row.getObject("last_used_at", OffsetDateTime.class).toInstant());
	}

	private static OffsetDateTime at(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

	/**
	 * One of them.
	 *
	 * @param id 0 before it is stored
	 * @param address from which it began, as {@link ClientAddress} has it
	 */
	record Row(long id, String idHash, String username, String passwordMark, String address, String browser,
			Instant since, Instant lastUsedAt) {

	}

}
