package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.LoginRules;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which files sshd reads for the accounts, and how far writing them was proved. */
@Repository
public class AccountFilesRepository {

	/** Where there is none yet. */
	private static final String MAKE = """
			insert into account_files (node_id, account)
			select cast(:node as bigint), cast(:account as varchar(256)) where not exists (
			select 1 from account_files where node_id = :node and account = :account)""";

	private static final String CONFIRMED = """
			update account_files set confirmed_file = :file, held_until = null
			where node_id = :node and account = :account""";

	private static final String EXCLUSIVE = """
			update account_files set exclusive = :exclusive where node_id = :node and account = :account""";

	private final JdbcClient jdbc;

	AccountFilesRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	public Map<NodeId, Map<String, RememberedFiles>> of(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, RememberedFiles>> remembered = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select * from account_files where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						remembered.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
							.put(row.getString("account"),
									new RememberedFiles(patterns(row.getString("patterns")),
											rules(row.getString("login_rules")),
											obstacle(row.getString("login_obstacle")), row.getString("confirmed_file"),
											JdbcColumns.instant(row, "held_until"), row.getBoolean("exclusive")));
					}));
		return remembered;
	}

	public Map<String, RememberedFiles> of(NodeId node) {
		return of(Set.of(node)).getOrDefault(node, Map.of());
	}

	public void notePatterns(StatementBatch batch, NodeId node, String account, List<String> patterns, LoginRules rules,
			@Nullable LoginObstacle obstacle) {
		MapSqlParameterSource row = of(node, account).addValue("patterns", String.join("\n", patterns))
			.addValue("rules", rules.render())
			.addValue("obstacle", (obstacle != null) ? obstacle.toString() : null);
		batch.add(MAKE, of(node, account));
		batch.add("""
				update account_files set patterns = :patterns, login_rules = :rules, login_obstacle = :obstacle
				where node_id = :node and account = :account""", row);
	}

	public void noteHeld(StatementBatch batch, NodeId node, String account, Instant until) {
		batch.add(MAKE, of(node, account));
		batch.add("update account_files set held_until = :until where node_id = :node and account = :account",
				of(node, account).addValue("until", JdbcColumns.at(until)));
	}

	public void noteConfirmed(StatementBatch batch, NodeId node, String account, String file) {
		batch.add(MAKE, of(node, account));
		batch.add(CONFIRMED, of(node, account).addValue("file", file));
	}

	/** The same, at once. */
	public void noteConfirmed(NodeId node, String account, String file) {
		this.jdbc.sql(MAKE).paramSource(of(node, account)).update();
		this.jdbc.sql(CONFIRMED).paramSource(of(node, account).addValue("file", file)).update();
	}

	/** From now on an exclusive node takes off foreign lines of the account. */
	public void noteExclusive(NodeId node, String account) {
		this.jdbc.sql(MAKE).paramSource(of(node, account)).update();
		this.jdbc.sql(EXCLUSIVE).paramSource(of(node, account).addValue("exclusive", true)).update();
	}

	/** The same, together with others. */
	public void noteExclusive(StatementBatch batch, NodeId node, String account) {
		batch.add(MAKE, of(node, account));
		batch.add(EXCLUSIVE, of(node, account).addValue("exclusive", true));
	}

	/** Nothing was confirmed for any account. */
	public void forgetExclusive(NodeId node) {
		this.jdbc.sql("update account_files set exclusive = false where node_id = :node")
			.param("node", node.value())
			.update();
	}

	/** The names alone. */
	public Set<String> accounts(NodeId node) {
		return this.jdbc.sql("select account from account_files where node_id = :node")
			.param("node", node.value())
			.query(String.class)
			.set();
	}

	public void forget(StatementBatch batch, NodeId node, Collection<String> accounts) {
		accounts.forEach((account) -> batch
			.add("delete from account_files where node_id = :node and account = :account", of(node, account)));
	}

	/** It may be another machine from now on. */
	public void forget(NodeId node) {
		this.jdbc.sql("delete from account_files where node_id = :node").param("node", node.value()).update();
	}

	private static MapSqlParameterSource of(NodeId node, String account) {
		return new MapSqlParameterSource("node", node.value()).addValue("account", account);
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
