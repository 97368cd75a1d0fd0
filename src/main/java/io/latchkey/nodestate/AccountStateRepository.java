package io.latchkey.nodestate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.nodestate.AccountState.Origin;
import io.latchkey.nodestate.AccountState.Status;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was last observed in the accounts' files. */
@Repository
public class AccountStateRepository {

	/** As many lines as every account may have, whatever the others of its node have. */
	private static final int FEW = 100;

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	AccountStateRepository(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/** What is remembered of each account, without the lines. */
	public Map<NodeId, Map<String, RememberedAccount>> remembered(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, RememberedAccount>> remembered = new HashMap<>();
		Chunk.each(nodes, (some) -> this.jdbc.sql("""
				select node_id, account, file, state, detail, content_hash, desired_hash, foreign_beyond, foreign_whole
				from account_state where node_id in (:nodes)""")
			.param("nodes", JdbcColumns.padded(some))
			.query((ResultSet row) -> {
				remembered.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
					.put(row.getString("account"),
							new RememberedAccount(row.getString("file"),
									JdbcColumns.constant(row, "state", NodeState.FAILED), row.getString("detail"),
									row.getString("content_hash"), row.getString("desired_hash"),
									row.getLong("foreign_beyond"), row.getBoolean("foreign_whole")));
			}));
		return remembered;
	}

	/** The foreign lines that were seen in each account. */
	public Map<NodeId, Map<String, Set<String>>> foreignLines(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, Set<String>>> lines = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("""
						select node_id, account, is_line from account_entry
						where node_id in (:nodes) and origin = 'FOREIGN' and is_line is not null""")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						lines.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
							.computeIfAbsent(row.getString("account"), (account) -> new HashSet<>())
							.add(row.getString("is_line"));
					}));
		return lines;
	}

	public List<AccountState> of(NodeId node) {
		return of(List.of(node)).getOrDefault(node, List.of());
	}

	/** The same of many, of those that have any. */
	public Map<NodeId, List<AccountState>> of(Collection<NodeId> nodes) {
		Map<NodeId, List<AccountState>> states = new HashMap<>();
		Chunk.each(nodes, (some) -> {
			Map<NodeId, Map<String, List<Entry>>> entries = entries(some);
			this.jdbc.sql("select * from account_state where node_id in (:nodes) order by node_id, account")
				.param("nodes", JdbcColumns.padded(some))
				.query((ResultSet row) -> {
					NodeId node = new NodeId(row.getLong("node_id"));
					states.computeIfAbsent(node, (of) -> new ArrayList<>())
						.add(state(row, entries.getOrDefault(node, Map.of())));
				});
		});
		return states;
	}

	private Map<NodeId, Map<String, List<Entry>>> entries(Chunk<NodeId> some) {
		Map<NodeId, Map<String, List<Entry>>> entries = new HashMap<>();
		this.jdbc.sql("select * from account_entry where node_id in (:nodes) order by node_id, account, position")
			.param("nodes", JdbcColumns.padded(some))
			.query((ResultSet row) -> {
				entries.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
					.computeIfAbsent(row.getString("account"), (account) -> new ArrayList<>())
					.add(entry(row));
			});
		return entries;
	}

	private static AccountState state(ResultSet row, Map<String, List<Entry>> entries) throws SQLException {
		String account = row.getString("account");
		return new AccountState(account, row.getString("file"), JdbcColumns.constant(row, "state", NodeState.FAILED),
				row.getString("detail"), entries.getOrDefault(account, List.of()), row.getLong("foreign_beyond"));
	}

	public void replace(StatementBatch batch, NodeId node, AccountState state, @Nullable String contentHash,
			@Nullable String desiredHash) {
		delete(batch, node, state.account());
		KeptEntries kept = kept(batch, node, state);
		batch.add("""
				insert into account_state (node_id, account, file, state, detail, content_hash, desired_hash,
				foreign_beyond, foreign_whole)
				values (:node, :account, :file, :state, :detail, :content, :desired, :beyond, :whole)""",
				of(node, state.account()).addValue("file", state.file())
					.addValue("state", state.state().name())
					.addValue("detail", JdbcColumns.detail(state.detail()))
					.addValue("content", contentHash)
					.addValue("desired", desiredHash)
					.addValue("beyond", kept.beyond())
					.addValue("whole", kept.whole()));
		insert(batch, node, state.account(), kept.entries());
	}

	/**
	 * What the other accounts have is asked for only where it may matter, and with what
	 * is about to be written.
	 */
	private KeptEntries kept(StatementBatch batch, NodeId node, AccountState state) {
		List<Entry> entries = state.entries();
		if (KeptEntries.fit(entries, FEW)) {
			return new KeptEntries(entries, 0, true);
		}
		batch.send(this.batches);
		long others = this.jdbc.sql("""
				select count(*) from account_entry where node_id = :node
				and (status = 'EXTRA' or (status = 'IN_PLACE' and grant_ids = ''))""")
			.param("node", node.value())
			.query(Long.class)
			.single();
		Set<Fingerprint> own = KeptEntries.wantedKeys(entries);
		this.jdbc.sql("select distinct fingerprint from placed_line where node_id = :node and account = :account")
			.param("node", node.value())
			.param("account", state.account())
			.query(String.class)
			.list()
			.forEach((fingerprint) -> own.add(Fingerprint.parse(fingerprint)));
		return KeptEntries.of(entries, own, (int) Math.max(FEW, KeptEntries.MOST_OF_A_NODE - others));
	}

	/**
	 * Notes a state and its reason, and that the file has to be read again; the lines
	 * stay as last observed.
	 */
	public void noteState(StatementBatch batch, NodeId node, String account, NodeState state, @Nullable String detail) {
		batch.add("""
				update account_state set state = :state, detail = :detail, content_hash = null, desired_hash = null
				where node_id = :node and account = :account""",
				of(node, account).addValue("state", state.name()).addValue("detail", JdbcColumns.detail(detail)));
	}

	/** The lines that nobody granted, by account and place in the file. */
	public List<ForeignEntry> foreignEntries(Collection<NodeId> nodes) {
		return Chunk.collect(nodes, (some) -> this.jdbc.sql("""
				select * from account_entry where node_id in (:nodes) and origin = 'FOREIGN' and status = 'EXTRA'
				order by account, position""")
			.param("nodes", some.stream().map(NodeId::value).toList())
			.query((row, number) -> new ForeignEntry(new NodeId(row.getLong("node_id")), row.getString("account"),
					entry(row)))
			.list());
	}

	/** A line that nobody granted. */
	public record ForeignEntry(NodeId node, String account, Entry entry) {

	}

	/** The names alone. */
	public Set<String> accounts(NodeId node) {
		return this.jdbc.sql("select account from account_state where node_id = :node")
			.param("node", node.value())
			.query(String.class)
			.set();
	}

	public void forget(StatementBatch batch, NodeId node, Collection<String> accounts) {
		accounts.forEach((account) -> delete(batch, node, account));
	}

	private static void delete(StatementBatch batch, NodeId node, String account) {
		batch.add("delete from account_entry where node_id = :node and account = :account", of(node, account));
		batch.add("delete from account_state where node_id = :node and account = :account", of(node, account));
	}

	private static MapSqlParameterSource of(NodeId node, String account) {
		return new MapSqlParameterSource("node", node.value()).addValue("account", account);
	}

	/** A file may have thousands of lines: they go together. */
	private static void insert(StatementBatch batch, NodeId node, String account, List<Entry> entries) {
		int position = 0;
		for (Entry entry : entries) {
			batch.add("""
					insert into account_entry (node_id, account, position, fingerprint, should_be, is_line, identity,
					grant_ids, options, origin, status, file) values (:node, :account, :position, :fingerprint,
					:shouldBe, :is, :identity, :grants, :options, :origin, :status, :file)""",
					of(node, account).addValue("position", position)
						.addValue("fingerprint", (entry.fingerprint() != null) ? entry.fingerprint().value() : null)
						.addValue("shouldBe", withoutNul(entry.shouldBe()))
						.addValue("is", withoutNul(entry.is()))
						.addValue("identity", entry.identity())
						.addValue("grants", JdbcColumns.ids(entry.grants()))
						.addValue("options", entry.options())
						.addValue("origin", entry.origin().name())
						.addValue("status", entry.status().name())
						.addValue("file", entry.file()));
			position++;
		}
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
