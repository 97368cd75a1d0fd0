package io.latchkey.enrolment;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Why the last attempt to enrol a node in the background failed. */
@Repository
class FailedEnrolmentRepository {

	private static final int LONGEST = 2000;

	private final JdbcClient jdbc;

	FailedEnrolmentRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Unless the node is gone by now. */
	@Transactional
	public void store(NodeId node, Instant at, String why) {
		forget(node);
		this.jdbc.sql("""
				insert into failed_enrolment (node_id, failed_at, why)
				select id, :at, :why from node where id = :node""")
			.param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
			.param("why", (why.length() > LONGEST) ? why.substring(0, LONGEST) : why)
			.param("node", node.value())
			.update();
	}

	void forget(NodeId node) {
		this.jdbc.sql("delete from failed_enrolment where node_id = ?").param(node.value()).update();
	}

	Map<NodeId, String> of(Collection<NodeId> nodes) {
		Map<NodeId, String> why = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select node_id, why from failed_enrolment where node_id in (:nodes)")
					.param("nodes", some.stream().map(NodeId::value).toList())
					.query((ResultSet row) -> {
						why.put(new NodeId(row.getLong(1)), row.getString(2));
					}));
		return why;
	}

}
