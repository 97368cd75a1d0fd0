package io.latchkey.foreignkeys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.openssh.Fingerprint;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Until when which foreign keys are tolerated. */
@Repository
public class TolerationRepository {

	private final JdbcClient jdbc;

	TolerationRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(Toleration toleration) {
		delete(toleration.fingerprint());
		this.jdbc.sql("""
				insert into tolerated_key (fingerprint, tolerated_until, reason, tolerated_by)
				values (:key, :until, :reason, :actor)""")
			.param("key", toleration.fingerprint().value())
			.param("until", JdbcColumns.at(toleration.until()))
			.param("reason", toleration.reason())
			.param("actor", toleration.by())
			.update();
	}

	/** Returns whether there was one. */
	boolean delete(Fingerprint key) {
		return this.jdbc.sql("delete from tolerated_key where fingerprint = :key")
			.param("key", key.value())
			.update() == 1;
	}

	public Map<Fingerprint, Toleration> at(Instant now) {
		return byKey(this.jdbc.sql("select * from tolerated_key where tolerated_until > :now")
			.param("now", JdbcColumns.at(now))
			.query(TolerationRepository::row)
			.list());
	}

	public Map<Fingerprint, Toleration> at(Instant now, Collection<Fingerprint> keys) {
		return byKey(Chunk.collect(keys,
				(some) -> this.jdbc
					.sql("select * from tolerated_key where tolerated_until > :now and fingerprint in (:keys)")
					.param("now", JdbcColumns.at(now))
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.query(TolerationRepository::row)
					.list()));
	}

	/** Those whose fingerprint can be read. */
	private static Map<Fingerprint, Toleration> byKey(List<Optional<Toleration>> tolerations) {
		return tolerations.stream()
			.flatMap(Optional::stream)
			.collect(Collectors.toMap(Toleration::fingerprint, (toleration) -> toleration));
	}

	private static Optional<Toleration> row(ResultSet row, int number) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		return key.isEmpty() ? Optional.empty()
				: Optional.of(new Toleration(key.get(), JdbcColumns.requiredInstant(row, "tolerated_until"),
						row.getString("reason"), row.getString("tolerated_by")));
	}

	/** Nodes where only desired lines may stand, and one of these keys does. */
	List<NodeId> exclusiveWith(Collection<Fingerprint> keys) {
		return List.copyOf(Chunk.distinct(keys,
				(some) -> this.jdbc.sql("""
						select distinct n.id from node n join account_entry e on e.node_id = n.id
						where n.mode = 'EXCLUSIVE' and e.origin = 'FOREIGN' and e.fingerprint in (:keys)""")
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.query((row, number) -> new NodeId(row.getLong("id")))
					.list()));
	}

}
