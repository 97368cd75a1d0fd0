package io.latchkey.reconcile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.AccountState.Entry;
import io.latchkey.reconcile.AccountState.Origin;
import io.latchkey.reconcile.AccountState.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was last observed in the accounts' files. */
@Repository
class AccountStateRepository {

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	AccountStateRepository(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** What is remembered, without the lines. */
	Map<String, RememberedAccount> remembered(NodeId node) {
		Map<String, RememberedAccount> remembered = new HashMap<>();
		this.jdbc.sql("""
				select account, file, state, detail, content_hash, desired_hash from account_state
				where node_id = :node""").param("node", node.value()).query((ResultSet row) -> {
			remembered.put(row.getString("account"),
					new RememberedAccount(row.getString("file"), JdbcColumns.constant(row, "state", NodeState.FAILED),
							row.getString("detail"), row.getString("content_hash"), row.getString("desired_hash")));
		});
		return remembered;
	}

	/** The foreign lines that were seen in each account. */
	Map<String, Set<String>> foreignLines(NodeId node) {
		record ForeignLine(String account, String line) {
		}
		return this.jdbc.sql("""
				select account, is_line from account_entry
				where node_id = :node and origin = 'FOREIGN' and is_line is not null""")
			.param("node", node.value())
			.query((row, number) -> new ForeignLine(row.getString("account"), row.getString("is_line")))
			.list()
			.stream()
			.collect(Collectors.groupingBy(ForeignLine::account,
					Collectors.mapping(ForeignLine::line, Collectors.toSet())));
	}

	List<AccountState> of(NodeId node) {
		Map<String, List<Entry>> entries = new HashMap<>();
		this.jdbc.sql("select * from account_entry where node_id = :node order by account, position")
			.param("node", node.value())
			.query((ResultSet row) -> {
				entries.computeIfAbsent(row.getString("account"), (account) -> new ArrayList<>()).add(entry(row));
			});
		return this.jdbc.sql("select * from account_state where node_id = :node order by account")
			.param("node", node.value())
			.query((row, number) -> new AccountState(row.getString("account"), row.getString("file"),
					JdbcColumns.constant(row, "state", NodeState.FAILED), row.getString("detail"),
					entries.getOrDefault(row.getString("account"), List.of())))
			.list();
	}

	void replace(NodeId node, AccountState state, @Nullable String contentHash, @Nullable String desiredHash) {
		delete(node, state.account());
		this.jdbc.sql("""
				insert into account_state (node_id, account, file, state, detail, content_hash, desired_hash)
				values (:node, :account, :file, :state, :detail, :content, :desired)""")
			.param("node", node.value())
			.param("account", state.account())
			.param("file", state.file())
			.param("state", state.state().name())
			.param("detail", JdbcColumns.detail(state.detail()))
			.param("content", contentHash)
			.param("desired", desiredHash)
			.update();
		insert(node, state.account(), state.entries());
	}

	/**
	 * Notes a state and its reason, and that the file has to be read again; the lines
	 * stay as last observed.
	 */
	boolean noteState(NodeId node, String account, NodeState state, @Nullable String detail) {
		return this.jdbc.sql("""
				update account_state set state = :state, detail = :detail, content_hash = null, desired_hash = null
				where node_id = :node and account = :account""")
			.param("state", state.name())
			.param("detail", JdbcColumns.detail(detail))
			.param("node", node.value())
			.param("account", account)
			.update() == 1;
	}

	/** The lines with a key that nobody granted, by key. */
	List<ForeignLine> foreignKeyLines() {
		return this.jdbc.sql("""
				select node_id, account, fingerprint, is_line from account_entry
				where origin = 'FOREIGN' and status = 'EXTRA' and fingerprint is not null and is_line is not null
				order by fingerprint, node_id, account, position""")
			.query((row, number) -> foreignLine(row))
			.list()
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	private static Optional<ForeignLine> foreignLine(ResultSet row) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		return key.isEmpty() ? Optional.empty() : Optional.of(new ForeignLine(new NodeId(row.getLong("node_id")),
				row.getString("account"), key.get(), row.getString("is_line")));
	}

	/** The lines that nobody granted, by account and place in the file. */
	List<ForeignEntry> foreignEntries(Collection<NodeId> nodes) {
		return this.jdbc.sql("""
				select * from account_entry where node_id in (:nodes) and origin = 'FOREIGN' and status = 'EXTRA'
				order by account, position""")
			.param("nodes", nodes.stream().map(NodeId::value).toList())
			.query((row, number) -> new ForeignEntry(new NodeId(row.getLong("node_id")), row.getString("account"),
					entry(row)))
			.list();
	}

	/** A line that nobody granted. */
	record ForeignEntry(NodeId node, String account, Entry entry) {

	}

	/** How many foreign lines that nobody tolerates stand on each node that has any. */
	Map<NodeId, Long> foreignCounts(Instant now) {
		Map<NodeId, Long> counts = new TreeMap<>((one, other) -> Long.compare(one.value(), other.value()));
		this.jdbc.sql("""
				select node_id, count(*) as lines from account_entry where origin = 'FOREIGN' and status = 'EXTRA'
				and not exists (select 1 from tolerated_key t where t.fingerprint = account_entry.fingerprint
				and t.tolerated_until > :now)
				group by node_id""").param("now", JdbcColumns.at(now)).query((ResultSet row) -> {
			counts.put(new NodeId(row.getLong("node_id")), row.getLong("lines"));
		});
		return counts;
	}

	private void delete(NodeId node, String account) {
		this.jdbc.sql("delete from account_entry where node_id = :node and account = :account")
			.param("node", node.value())
			.param("account", account)
			.update();
		this.jdbc.sql("delete from account_state where node_id = :node and account = :account")
			.param("node", node.value())
			.param("account", account)
			.update();
	}

	/** A file may have thousands of lines: they go together. */
	private void insert(NodeId node, String account, List<Entry> entries) {
		List<SqlParameterSource> rows = new ArrayList<>();
		for (Entry entry : entries) {
			rows.add(new MapSqlParameterSource().addValue("node", node.value())
				.addValue("account", account)
				.addValue("position", rows.size())
				.addValue("fingerprint", (entry.fingerprint() != null) ? entry.fingerprint().value() : null)
				.addValue("shouldBe", withoutNul(entry.shouldBe()))
				.addValue("is", withoutNul(entry.is()))
				.addValue("identity", entry.identity())
				.addValue("grants", JdbcColumns.ids(entry.grants()))
				.addValue("options", entry.options())
				.addValue("origin", entry.origin().name())
				.addValue("status", entry.status().name())
				.addValue("file", entry.file()));
		}
		this.batches.batchUpdate("""
				insert into account_entry (node_id, account, position, fingerprint, should_be, is_line, identity,
				grant_ids, options, origin, status, file) values (:node, :account, :position, :fingerprint, :shouldBe,
				:is, :identity, :grants, :options, :origin, :status, :file)""",
				rows.toArray(SqlParameterSource[]::new));
	}

	/** PostgreSQL keeps no NUL in a text; what is shown shows a stand-in. */
	private static @Nullable String withoutNul(@Nullable String text) {
		return (text != null) ? text.replace('\0', '\u2400') : null;
	}

	private static Entry entry(ResultSet row) throws SQLException {
		return new Entry(JdbcColumns.fingerprint(row).orElse(null), row.getString("should_be"),
				row.getString("is_line"), row.getString("identity"),
				List.copyOf(JdbcColumns.ids(row.getString("grant_ids"))), row.getString("options"),
				JdbcColumns.constant(row, "origin", Origin.FOREIGN), JdbcColumns.constant(row, "status", Status.EXTRA),
				row.getString("file"));
	}

}
