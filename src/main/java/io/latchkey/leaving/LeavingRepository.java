package io.latchkey.leaving;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.LeavingNodes;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which nodes leave. */
@Repository
class LeavingRepository implements LeavingNodes {

	private final JdbcClient jdbc;

	LeavingRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Leaving> find(NodeId node) {
		return this.jdbc.sql("select asked_at, last_line_at from leaving where node_id = :node")
			.param("node", node.value())
			.query((row, number) -> new Leaving(JdbcColumns.requiredInstant(row, "asked_at"),
					JdbcColumns.instant(row, "last_line_at")))
			.optional();
	}

	/** Those of these nodes that leave. */
	Map<NodeId, Leaving> find(Collection<NodeId> nodes) {
		Map<NodeId, Leaving> leaving = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select node_id, asked_at, last_line_at from leaving where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((row) -> {
						leaving.put(new NodeId(row.getLong("node_id")),
								new Leaving(JdbcColumns.requiredInstant(row, "asked_at"),
										JdbcColumns.instant(row, "last_line_at")));
					}));
		return leaving;
	}

	@Override
	public Map<NodeId, Instant> askedAt(Collection<NodeId> nodes) {
		Map<NodeId, Instant> askedAt = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select node_id, asked_at from leaving where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((row) -> {
						askedAt.put(new NodeId(row.getLong("node_id")), JdbcColumns.requiredInstant(row, "asked_at"));
					}));
		return askedAt;
	}

	void add(NodeId node, Instant now) {
		this.jdbc.sql("insert into leaving (node_id, asked_at) values (:node, :now)")
			.param("node", node.value())
			.param("now", JdbcColumns.at(now))
			.update();
	}

	/** Returns whether it was to leave. */
	boolean remove(NodeId node) {
		return this.jdbc.sql("delete from leaving where node_id = :node").param("node", node.value()).update() > 0;
	}

	void noteLastLine(StatementBatch batch, NodeId node, Instant now) {
		batch.add("update leaving set last_line_at = :now where node_id = :node and last_line_at is null",
				new MapSqlParameterSource("now", JdbcColumns.at(now)).addValue("node", node.value()));
	}

}
