package io.latchkey.managementkeys;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeId;
import io.latchkey.managementkeys.KeyRotation.Standing;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeState;
import io.latchkey.runs.KeyStanding;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which management key is proved on which node. */
@Repository
class KeyRotationRepository {

	/** To the newest of the kind that the node is to know. */
	private static final String MOVED = """
			exists (select 1 from node_management_key k where k.node_id = n.id and k.cleared and k.key_id =
				(select max(m.id) from management_key m where m.kind = n.management_key))""";

	private final JdbcClient jdbc;

	KeyRotationRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** How far it has come, as far as it was noted. */
	Optional<KeyStanding> find(NodeId node) {
		return this.jdbc.sql("select key_id, cleared from node_management_key where node_id = :node")
			.param("node", node.value())
			.query((row, number) -> new KeyStanding(row.getLong("key_id"), row.getBoolean("cleared")))
			.optional();
	}

	/** The same for many. */
	Map<NodeId, KeyStanding> find(Collection<NodeId> nodes) {
		Map<NodeId, KeyStanding> standings = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc
					.sql("select node_id, key_id, cleared from node_management_key where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((row) -> {
						standings.put(new NodeId(row.getLong("node_id")),
								new KeyStanding(row.getLong("key_id"), row.getBoolean("cleared")));
					}));
		return standings;
	}

	void note(NodeId node, KeyStanding standing, Instant now) {
		int updated = this.jdbc.sql(
				"update node_management_key set key_id = :key, cleared = :cleared, proved_at = :now where node_id = :node")
			.param("key", standing.key())
			.param("cleared", standing.cleared())
			.param("now", JdbcColumns.at(now))
			.param("node", node.value())
			.update();
		if (updated == 0) {
			this.jdbc.sql(
					"insert into node_management_key (node_id, key_id, cleared, proved_at) values (:node, :key, :cleared, :now)")
				.param("node", node.value())
				.param("key", standing.key())
				.param("cleared", standing.cleared())
				.param("now", JdbcColumns.at(now))
				.update();
		}
	}

	long countMoved() {
		return this.jdbc.sql("select count(*) from node n where n.enrolled and " + MOVED).query(Long.class).single();
	}

	long countUnmoved() {
		return this.jdbc.sql("select count(*) from node n where n.enrolled and not " + MOVED)
			.query(Long.class)
			.single();
	}

	List<NodeId> enrolled() {
		return this.jdbc.sql("select id from node where enrolled order by id")
			.query((row, number) -> new NodeId(row.getLong("id")))
			.list();
	}

	/** By name. */
	List<KeyRotation.Node> unmoved() {
		return this.jdbc.sql("""
				select n.name, n.mode, s.state, s.detail, s.last_checked_at
				from node n join node_state s on s.node_id = n.id
				where n.enrolled and not %s order by n.name""".formatted(MOVED))
			.query((row, number) -> new KeyRotation.Node(row.getString("name"),
					standing(Mode.valueOf(row.getString("mode")), JdbcColumns.constant(row, "state", NodeState.FAILED)),
					row.getString("detail"), JdbcColumns.instant(row, "last_checked_at")))
			.list();
	}

	private static Standing standing(Mode mode, NodeState state) {
		return switch (state) {
			case UNREACHABLE -> Standing.AWAY;
			case FAILED, REFUSED -> Standing.FAILED;
			default -> (mode == Mode.OBSERVE) ? Standing.OBSERVED : Standing.WAITING;
		};
	}

}
