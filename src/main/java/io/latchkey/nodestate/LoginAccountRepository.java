package io.latchkey.nodestate;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which accounts could log in on a node, as it told last. */
@Repository
public class LoginAccountRepository {

	private final JdbcClient jdbc;

	LoginAccountRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public Map<NodeId, Set<String>> on(Collection<NodeId> nodes) {
		Map<NodeId, Set<String>> accounts = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select node_id, account from login_account where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((row) -> {
						accounts.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashSet<>())
							.add(row.getString("account"));
					}));
		return accounts;
	}

	public void replace(StatementBatch batch, NodeId node, Collection<String> accounts) {
		batch.add("delete from login_account where node_id = :node", new MapSqlParameterSource("node", node.value()));
		accounts.stream()
			.distinct()
			.forEach((account) -> batch.add("insert into login_account (node_id, account) values (:node, :account)",
					new MapSqlParameterSource("node", node.value()).addValue("account", account)));
	}

}
