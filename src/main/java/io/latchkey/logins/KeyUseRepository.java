package io.latchkey.logins;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

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
	List<KeyUse> lastOn(String node, int most) {
		return this.jdbc
			.sql("select * from key_use where node = :node order by at desc fetch first " + most + " rows only")
			.param("node", node)
			.query(KeyUseRepository::row)
			.list();
	}

	/** By the node's name, where any key ever let in. */
	Map<String, Tally> tallies(Collection<String> nodes) {
		Map<String, Tally> tallies = new HashMap<>();
		Chunk.each(nodes, (some) -> this.jdbc.sql("""
				select node, count(*) as keys_kept, max(case when standing = 'LATCHKEY' then at end) as own_at
				from key_use where node in (:nodes) group by node""").param("nodes", some).query((ResultSet row) -> {
			tallies.put(row.getString("node"), new Tally(JdbcColumns.instant(row, "own_at"), row.getInt("keys_kept")));
		}));
		return tallies;
	}

	/** The accounts that keys let in to since then which the log does not name. */
	Map<String, Set<String>> unnamed(Collection<String> nodes, Instant since) {
		Map<String, Set<String>> accounts = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc
					.sql("select node, account from key_use where fingerprint = :unnamed and node in (:nodes)"
							+ " and at >= :since")
					.param("unnamed", KeyUse.UNNAMED)
					.param("nodes", some)
					.param("since", JdbcColumns.at(since))
					.query((ResultSet row) -> {
						accounts.computeIfAbsent(row.getString("node"), (node) -> new HashSet<>())
							.add(row.getString("account"));
					}));
		return accounts;
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

	/**
	 * What is kept of a node.
	 *
	 * @param own when a key of Latchkey's own let in last
	 */
	record Tally(@Nullable Instant own, int keys) {

		static final Tally NONE = new Tally(null, 0);

	}

	private static KeyUse row(ResultSet row, int number) throws SQLException {
		long grant = row.getLong("grant_id");
		return new KeyUse(row.getString("fingerprint"), row.getString("node"), row.getString("account"),
				JdbcColumns.requiredInstant(row, "at"), row.getString("address"),
				JdbcColumns.constant(row, "standing", Standing.NO_KEY), row.getString("identity"),
				(grant != 0) ? Long.valueOf(grant) : null, row.getBoolean("proved"));
	}

}
