package io.latchkey.logins;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.nodestate.JdbcColumns;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When keys last let in. */
@Repository
class KeyUseRepository {

	private final JdbcClient jdbc;

	KeyUseRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<KeyUse> onNodes(Collection<String> nodes) {
		return Chunk.collect(nodes,
				(some) -> this.jdbc.sql("select * from key_use where node in (:values)")
					.param("values", some)
					.query(KeyUseRepository::row)
					.list());
	}

	List<KeyUse> ofKeys(Collection<String> fingerprints) {
		return Chunk.collect(fingerprints,
				(some) -> this.jdbc.sql("select * from key_use where fingerprint in (:values)")
					.param("values", some)
					.query(KeyUseRepository::row)
					.list());
	}

	List<KeyUse> ofGrants(Collection<Long> grants) {
		return Chunk.collect(grants,
				(some) -> this.jdbc.sql("select * from key_use where grant_id in (:values)")
					.param("values", some)
					.query(KeyUseRepository::row)
					.list());
	}

	/** Newest first. */
	List<KeyUse> with(Standing standing, Instant since, int most) {
		return this.jdbc
			.sql("select * from key_use where standing = :standing and at >= :since order by at desc fetch first "
					+ most + " rows only")
			.param("standing", standing.name())
			.param("since", JdbcColumns.at(since))
			.query(KeyUseRepository::row)
			.list();
	}

	void store(StatementBatch batch, KeyUse use, boolean known) {
		MapSqlParameterSource row = new MapSqlParameterSource("fingerprint", use.fingerprint())
			.addValue("node", use.node())
			.addValue("account", use.account())
			.addValue("at", JdbcColumns.at(use.at()))
			.addValue("address", use.address())
			.addValue("standing", use.standing().name())
			.addValue("identity", use.identity())
			.addValue("grant", use.grant())
			.addValue("proved", use.proved());
		batch.add(known ? """
				update key_use set at = :at, address = :address, standing = :standing, identity = :identity,
				grant_id = :grant, proved = :proved
				where fingerprint = :fingerprint and node = :node and account = :account""" : """
				insert into key_use (fingerprint, node, account, at, address, standing, identity, grant_id, proved)
				values (:fingerprint, :node, :account, :at, :address, :standing, :identity, :grant, :proved)""", row);
	}

	void deleteBefore(Instant instant) {
		this.jdbc.sql("delete from key_use where at < :before").param("before", JdbcColumns.at(instant)).update();
	}

	private static KeyUse row(ResultSet row, int number) throws SQLException {
		long grant = row.getLong("grant_id");
		return new KeyUse(row.getString("fingerprint"), row.getString("node"), row.getString("account"),
				JdbcColumns.requiredInstant(row, "at"), row.getString("address"),
				Standing.valueOf(row.getString("standing")), row.getString("identity"),
				(grant != 0) ? Long.valueOf(grant) : null, row.getBoolean("proved"));
	}

}
