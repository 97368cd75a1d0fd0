package io.latchkey.foreignkeys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.foreignkeys.UnwantedKey.Standing;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which foreign keys are to go from where, until they are seen gone. */
@Repository
class UnwantedKeyRepository {

	private static final String SELECT = """
			select n.name, n.mode, s.state, s.detail, u.account, u.fingerprint, u.asked_at, u.asked_by
			from unwanted_key u join node n on n.id = u.node_id join node_state s on s.node_id = u.node_id
			""";

	private final JdbcClient jdbc;

	UnwantedKeyRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void add(NodeId node, String account, Fingerprint key, String actor, Instant now) {
		remove(node, account, key);
		this.jdbc.sql("""
				insert into unwanted_key (node_id, account, fingerprint, asked_at, asked_by)
				values (:node, :account, :key, :now, :actor)""")
			.param("node", node.value())
			.param("account", account)
			.param("key", key.value())
			.param("now", JdbcColumns.at(now))
			.param("actor", actor)
			.update();
	}

	void remove(NodeId node, String account, Fingerprint key) {
		this.jdbc.sql("delete from unwanted_key where node_id = :node and account = :account and fingerprint = :key")
			.param("node", node.value())
			.param("account", account)
			.param("key", key.value())
			.update();
	}

	int removeAll(Fingerprint key) {
		return this.jdbc.sql("delete from unwanted_key where fingerprint = :key").param("key", key.value()).update();
	}

	/** Those of these nodes, by node and account. */
	Map<NodeId, Map<String, Set<Fingerprint>>> on(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, Set<Fingerprint>>> keys = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc
					.sql("select node_id, account, fingerprint from unwanted_key where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						Set<Fingerprint> of = keys
							.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
							.computeIfAbsent(row.getString("account"), (account) -> new HashSet<>());
						JdbcColumns.fingerprint(row).ifPresent(of::add);
					}));
		return keys;
	}

	/** Those of one node, by account. */
	Map<String, Set<Fingerprint>> on(NodeId node) {
		return on(Set.of(node)).getOrDefault(node, Map.of());
	}

	Set<NodeId> nodesWith(Collection<Fingerprint> keys) {
		return Chunk.distinct(keys,
				(some) -> this.jdbc.sql("select distinct node_id from unwanted_key where fingerprint in (:keys)")
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.query((row, number) -> new NodeId(row.getLong("node_id")))
					.list());
	}

	/** All of them, by node and account. */
	List<UnwantedKey> all() {
		return readable(this.jdbc.sql(SELECT + "order by n.name, u.account, u.fingerprint")
			.query(UnwantedKeyRepository::row)
			.list());
	}

	/** Those of these keys, by node and account. */
	List<UnwantedKey> of(Collection<Fingerprint> keys) {
		return readable(Chunk.collect(keys,
				(some) -> this.jdbc
					.sql(SELECT + "where u.fingerprint in (:keys) order by n.name, u.account, u.fingerprint")
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.query(UnwantedKeyRepository::row)
					.list()));
	}

	private static List<UnwantedKey> readable(List<Optional<UnwantedKey>> rows) {
		return rows.stream().flatMap(Optional::stream).toList();
	}

	private static Optional<UnwantedKey> row(ResultSet row, int number) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		return key.isEmpty() ? Optional.empty() : Optional
			.of(new UnwantedKey(row.getString("name"), row.getString("account"), key.get(),
					JdbcColumns.requiredInstant(row, "asked_at"), row.getString("asked_by"),
					standing(Mode.valueOf(row.getString("mode")), JdbcColumns.constant(row, "state", NodeState.FAILED)),
					row.getString("detail")));
	}

	private static Standing standing(Mode mode, NodeState state) {
		if (mode == Mode.OBSERVE) {
			return Standing.OBSERVED;
		}
		return switch (state) {
			case UNREACHABLE -> Standing.AWAY;
			case FAILED, REFUSED -> Standing.FAILED;
			default -> Standing.WAITING;
		};
	}

}
