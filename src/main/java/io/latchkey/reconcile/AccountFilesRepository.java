package io.latchkey.reconcile;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.conversation.LoginObstacle;
import io.latchkey.core.Chunk;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which files sshd reads for the accounts, and how far writing them was proved. */
@Repository
class AccountFilesRepository {

	private final JdbcClient jdbc;

	AccountFilesRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Map<String, RememberedFiles> of(NodeId node) {
		Map<String, RememberedFiles> remembered = new HashMap<>();
		this.jdbc.sql("select * from account_files where node_id = :node")
			.param("node", node.value())
			.query((ResultSet row) -> {
				remembered.put(row.getString("account"),
						new RememberedFiles(patterns(row.getString("patterns")), rules(row.getString("login_rules")),
								obstacle(row.getString("login_obstacle")), row.getString("confirmed_file"),
								JdbcColumns.instant(row, "held_until"), row.getBoolean("exclusive")));
			});
		return remembered;
	}

	void notePatterns(NodeId node, String account, List<String> patterns, LoginRules rules,
			@Nullable LoginObstacle obstacle) {
		MapSqlParameterSource row = new MapSqlParameterSource("node", node.value()).addValue("account", account)
			.addValue("patterns", String.join("\n", patterns))
			.addValue("rules", rules.render())
			.addValue("obstacle", (obstacle != null) ? obstacle.toString() : null);
		int updated = this.jdbc.sql("""
				update account_files set patterns = :patterns, login_rules = :rules, login_obstacle = :obstacle
				where node_id = :node and account = :account""").paramSource(row).update();
		if (updated == 0) {
			this.jdbc.sql("""
					insert into account_files (node_id, account, patterns, login_rules, login_obstacle)
					values (:node, :account, :patterns, :rules, :obstacle)""").paramSource(row).update();
		}
	}

	void noteHeld(NodeId node, String account, Instant until) {
		set(node, account, "held_until", JdbcColumns.at(until));
	}

	void noteConfirmed(NodeId node, String account, String file) {
		set(node, account, "confirmed_file", file);
		set(node, account, "held_until", null);
	}

	/** From now on an exclusive node takes off foreign lines of the account. */
	void noteExclusive(NodeId node, String account) {
		set(node, account, "exclusive", true);
	}

	/** Nothing was confirmed for any account. */
	void forgetExclusive(NodeId node) {
		this.jdbc.sql("update account_files set exclusive = false where node_id = :node")
			.param("node", node.value())
			.update();
	}

	/** The names alone. */
	Set<String> accounts(NodeId node) {
		return this.jdbc.sql("select account from account_files where node_id = :node")
			.param("node", node.value())
			.query(String.class)
			.set();
	}

	void forget(NodeId node, Collection<String> accounts) {
		Chunk.of(accounts)
			.forEach((some) -> this.jdbc
				.sql("delete from account_files where node_id = :node and account in (:accounts)")
				.param("node", node.value())
				.param("accounts", some)
				.update());
	}

	/** It may be another machine from now on. */
	void forget(NodeId node) {
		this.jdbc.sql("delete from account_files where node_id = :node").param("node", node.value()).update();
	}

	private void set(NodeId node, String account, String column, @Nullable Object value) {
		int updated = this.jdbc
			.sql("update account_files set " + column + " = :value where node_id = :node and account = :account")
			.param("value", value)
			.param("node", node.value())
			.param("account", account)
			.update();
		if (updated == 0) {
			this.jdbc
				.sql("insert into account_files (node_id, account, " + column + ") values (:node, :account, :value)")
				.param("value", value)
				.param("node", node.value())
				.param("account", account)
				.update();
		}
	}

	private static @Nullable LoginRules rules(@Nullable String column) {
		return (column != null) ? LoginRules.parse(column) : null;
	}

	private static @Nullable LoginObstacle obstacle(@Nullable String column) {
		return (column != null) ? LoginObstacle.find(column).orElse(null) : null;
	}

	private static @Nullable List<String> patterns(@Nullable String column) {
		if (column == null) {
			return null;
		}
		return column.isEmpty() ? List.of() : List.of(column.split("\n"));
	}

}
