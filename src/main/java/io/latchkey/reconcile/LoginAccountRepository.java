package io.latchkey.reconcile;

import java.util.Collection;
import java.util.Set;

import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which accounts could log in on a node, as it told last. */
@Repository
class LoginAccountRepository {

	private final JdbcClient jdbc;

	LoginAccountRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Set<String> on(NodeId node) {
		return this.jdbc.sql("select account from login_account where node_id = :node")
			.param("node", node.value())
			.query(String.class)
			.set();
	}

	void replace(StatementBatch batch, NodeId node, Collection<String> accounts) {
		batch.add("delete from login_account where node_id = :node", new MapSqlParameterSource("node", node.value()));
		accounts.stream()
			.distinct()
			.forEach((account) -> batch.add("insert into login_account (node_id, account) values (:node, :account)",
					new MapSqlParameterSource("node", node.value()).addValue("account", account)));
	}

}
