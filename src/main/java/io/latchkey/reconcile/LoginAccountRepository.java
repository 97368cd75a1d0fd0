package io.latchkey.reconcile;

import java.util.Collection;
import java.util.Set;

import io.latchkey.inventory.NodeId;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which accounts could log in on a node, as it told last. */
@Repository
class LoginAccountRepository {

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	LoginAccountRepository(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	Set<String> on(NodeId node) {
		return this.jdbc.sql("select account from login_account where node_id = :node")
			.param("node", node.value())
			.query(String.class)
			.set();
	}

	void replace(NodeId node, Collection<String> accounts) {
		this.jdbc.sql("delete from login_account where node_id = :node").param("node", node.value()).update();
		this.batches.batchUpdate("insert into login_account (node_id, account) values (:node, :account)",
				accounts.stream()
					.distinct()
					.map((account) -> new MapSqlParameterSource("node", node.value()).addValue("account", account))
					.toArray(SqlParameterSource[]::new));
	}

}
