package io.latchkey.logins;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.logs.LogPosition;
import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far the logs of nodes were read. */
@Repository
class LoginLogRepository {

	private static final int LONGEST_FAILURE = 500;

	private final JdbcClient jdbc;

	LoginLogRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Of those that were read before. */
	Map<NodeId, ReadLog> of(Collection<NodeId> nodes) {
		return find("", nodes);
	}

	/** The same; nobody else changes them until the end of the transaction. */
	Map<NodeId, ReadLog> lock(Collection<NodeId> nodes) {
		return find(" order by node_id for update", nodes);
	}

	private Map<NodeId, ReadLog> find(String end, Collection<NodeId> nodes) {
		Map<NodeId, ReadLog> found = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select * from login_log where node_id in (:nodes)" + end)
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						NodeId node = new NodeId(row.getLong("node_id"));
						found.put(node, new ReadLog(node, LogPosition.parse(row.getString("position")),
								JdbcColumns.requiredInstant(row, "read_at"), JdbcColumns.instant(row, "read_until"),
								row.getString("failure"), JdbcColumns.instant(row, "gap_from"),
								JdbcColumns.instant(row, "gap_until"), JdbcColumns.instant(row, "known_from")));
					}));
		return found;
	}

	/** The nodes among these that are still there. */
	List<NodeId> existing(Collection<NodeId> nodes) {
		return Chunk.collect(nodes,
				(some) -> this.jdbc.sql("select id from node where id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((row, number) -> new NodeId(row.getLong("id")))
					.list());
	}

	void store(StatementBatch batch, ReadLog log, boolean known) {
		MapSqlParameterSource row = new MapSqlParameterSource("node", log.node().value())
			.addValue("position", log.position().write())
			.addValue("readAt", JdbcColumns.at(log.readAt()))
			.addValue("readUntil", JdbcColumns.at(log.readUntil()))
			.addValue("failure", (log.failure() != null) ? JdbcColumns.text(log.failure(), LONGEST_FAILURE) : null)
			.addValue("gapFrom", JdbcColumns.at(log.gapFrom()))
			.addValue("gapUntil", JdbcColumns.at(log.gapUntil()))
			.addValue("knownFrom", JdbcColumns.at(log.knownFrom()));
		batch.add(known ? """
				update login_log set position = :position, read_at = :readAt, read_until = :readUntil,
				failure = :failure, gap_from = :gapFrom, gap_until = :gapUntil, known_from = :knownFrom
				where node_id = :node""" : """
				insert into login_log (node_id, position, read_at, read_until, failure, gap_from, gap_until, known_from)
				values (:node, :position, :readAt, :readUntil, :failure, :gapFrom, :gapUntil, :knownFrom)""", row);
	}

	/**
	 * How far one was read.
	 *
	 * @param readUntil the instant of the last line; null when there was none
	 * @param failure why it could not be read the last time; null when it could
	 * @param gapFrom since when, and until when, nothing is known, of the last such time
	 * @param knownFrom since when all of it is known; null when nothing is
	 */
	record ReadLog(NodeId node, LogPosition position, Instant readAt, @Nullable Instant readUntil,
			@Nullable String failure, @Nullable Instant gapFrom, @Nullable Instant gapUntil,
			@Nullable Instant knownFrom) {

		static ReadLog nothing(NodeId node, Instant now) {
			return new ReadLog(node, LogPosition.NONE, now, null, null, null, null, null);
		}

	}

}
