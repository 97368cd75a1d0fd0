package io.latchkey.logins;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.nodestate.JdbcColumns;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** From where identities and keys came. */
@Repository
class KnownAddressRepository {

	private final JdbcClient jdbc;

	KnownAddressRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<KnownAddress> of(Collection<String> whose) {
		return Chunk.collect(whose,
				(some) -> this.jdbc.sql("select who, place, first_at, last_at from login_address where who in (:whose)")
					.param("whose", some)
					.query((row, number) -> new KnownAddress(row.getString("who"), row.getString("place"),
							JdbcColumns.requiredInstant(row, "first_at"), JdbcColumns.requiredInstant(row, "last_at")))
					.list());
	}

	void insert(StatementBatch batch, KnownAddress known) {
		batch.add("insert into login_address (who, place, first_at, last_at) values (:who, :place, :first, :last)",
				columns(known));
	}

	void update(StatementBatch batch, KnownAddress known) {
		batch.add("update login_address set last_at = :last where who = :who and place = :place", columns(known));
	}

	void deleteBefore(Instant instant) {
		this.jdbc.sql("delete from login_address where last_at < :before")
			.param("before", JdbcColumns.at(instant))
			.update();
	}

	private static MapSqlParameterSource columns(KnownAddress known) {
		return new MapSqlParameterSource("who", known.who()).addValue("place", known.place())
			.addValue("first", JdbcColumns.at(known.firstAt()))
			.addValue("last", JdbcColumns.at(known.lastAt()));
	}

}
