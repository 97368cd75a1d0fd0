package io.latchkey.nodestate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The names of all accounts of those nodes whose accounts are known as a whole, as one
 * text each: a line for each, with a line feed before the first as well.
 */
@Repository
public class AccountNameRepository {

	private static final Duration FRESH = Duration.ofHours(24);

	private final JdbcClient jdbc;

	AccountNameRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public void replace(StatementBatch batch, NodeId node, List<String> names) {
		forget(batch, node);
		batch.add("insert into account_names (node_id, names) values (:node, :names)",
				new MapSqlParameterSource("node", node.value()).addValue("names",
						"\n" + String.join("\n", names) + "\n"));
	}

	public void forget(StatementBatch batch, NodeId node) {
		batch.add("delete from account_names where node_id = :node", new MapSqlParameterSource("node", node.value()));
	}

	/**
	 * Those of these nodes on which there is no such account, by what they said when they
	 * were looked at last, which was not long ago.
	 */
	List<NodeId> without(String account, Collection<NodeId> nodes, Instant now) {
		return Chunk
			.<NodeId, Long>collect(nodes,
					(some) -> this.jdbc.sql("""
							select a.node_id from account_names a join node_state s on s.node_id = a.node_id
							where a.node_id in (:nodes) and position(:account in a.names) = 0
							and s.last_checked_at > :fresh and s.state in ('IN_SYNC', 'DRIFTED', 'FAILED')""")
						.param("nodes", some.stream().map(NodeId::value).toList())
						.param("account", "\n" + account + "\n")
						.param("fresh", JdbcColumns.at(now.minus(FRESH)))
						.query(Long.class)
						.list())
			.stream()
			.map((id) -> new NodeId(Objects.requireNonNull(id)))
			.toList();
	}

	List<String> on(NodeId node) {
		return this.jdbc.sql("select names from account_names where node_id = :node")
			.param("node", node.value())
			.query(String.class)
			.optional()
			.map((names) -> names.lines().filter((name) -> !name.isEmpty()).toList())
			.orElse(List.of());
	}

}
