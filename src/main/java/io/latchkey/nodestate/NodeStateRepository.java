package io.latchkey.nodestate;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The states of the nodes and the generations of their changes. */
@Repository
public class NodeStateRepository {

	private static final String SHOWN_STATE = """
			case when wanted_generation > attempted_generation and state <> 'PENDING_ENROLMENT'
			then 'CONVERGING' else state end""";

	private static final String UPDATE = """
			update node_state set state = :state, detail = :detail, since = :since,
			attempted_generation = :attempted, run_trigger = :trigger, failures = :failures,
			last_checked_at = :checked, last_in_sync_at = :inSync, next_check_at = :next, ssh_version = :version,
			clock_offset_millis = :offset, zone = :zone, sshd_config = :config, strict_modes = :strictModes,
			clock_allowance_seconds = :allowance, findings = :findings, shown_host_key = :shown,
			unseen_reason = :unseenReason, unseen_accounts = :unseenAccounts, missed_since = :missed
			where node_id = :node""";

	private final JdbcClient jdbc;

	NodeStateRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(NodeId node, Instant now) {
		this.jdbc.sql("""
				insert into node_state (node_id, state, since, wanted_generation, attempted_generation, run_trigger,
				failures) values (:node, 'PENDING_ENROLMENT', :now, 1, 0, 'CHANGE', 0)""")
			.param("node", node.value())
			.param("now", JdbcColumns.at(now))
			.update();
	}

	public Optional<NodeStateRow> find(NodeId node) {
		return this.jdbc.sql("select * from node_state where node_id = :node")
			.param("node", node.value())
			.query(NodeStateColumns::row)
			.optional();
	}

	/** Reads it and keeps others from changing it until the transaction ends. */
	public Optional<NodeStateRow> lock(NodeId node) {
		return this.jdbc.sql("select * from node_state where node_id = :node for update")
			.param("node", node.value())
			.query(NodeStateColumns::row)
			.optional();
	}

	/** The same for many, in the order of their ids. */
	public Map<NodeId, NodeStateRow> lock(Collection<NodeId> nodes) {
		return locked(nodes, "");
	}

	private Map<NodeId, NodeStateRow> locked(Collection<NodeId> nodes, String how) {
		return Chunk
			.collect(nodes.stream().sorted(Comparator.comparingLong(NodeId::value)).toList(),
					(some) -> this.jdbc
						.sql("select * from node_state where node_id in (:nodes) order by node_id for update" + how)
						.param("nodes", JdbcColumns.padded(some))
						.query(NodeStateColumns::row)
						.list())
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row));
	}

	/**
	 * The same for those that nobody else has locked. Who locks many at once waits for
	 * none of them, so that whoever comes to nodes one after another, in whatever order,
	 * is never waited for by one that it waits for.
	 */
	public Map<NodeId, NodeStateRow> lockFree(Collection<NodeId> nodes) {
		return locked(nodes, " skip locked");
	}

	public List<NodeStateRow> findAll(Collection<NodeId> nodes) {
		return Chunk.collect(nodes,
				(some) -> this.jdbc.sql("select * from node_state where node_id in (:nodes)")
					.param("nodes", values(some))
					.query(NodeStateColumns::row)
					.list());
	}

	/**
	 * Notes a change for each of them; in the order of their ids, so that two never lock
	 * each other out.
	 */
	public void raiseGeneration(Collection<NodeId> nodes, Run.Trigger trigger) {
		List<Long> inOrder = nodes.stream().map(NodeId::value).sorted().toList();
		Chunk.each(inOrder,
				(some) -> this.jdbc
					.sql("select node_id from node_state where node_id in (:nodes) order by node_id for update")
					.param("nodes", some)
					.query(Long.class)
					.list());
		Chunk.each(inOrder, (some) -> this.jdbc.sql("""
				update node_state set wanted_generation = wanted_generation + 1, run_trigger = :trigger
				where node_id in (:nodes)""").param("nodes", some).param("trigger", trigger.name()).update());
	}

	/**
	 * A node that is let in to waits no more for its enrolment, but for its first run.
	 */
	void noteEnrolled(NodeId node) {
		this.jdbc
			.sql("update node_state set state = 'CONVERGING' where node_id = :node and state = 'PENDING_ENROLMENT'")
			.param("node", node.value())
			.update();
	}

	public void update(NodeStateRow row) {
		this.jdbc.sql(UPDATE).paramSource(NodeStateColumns.of(row)).update();
	}

	public void update(StatementBatch batch, NodeStateRow row) {
		batch.add(UPDATE, NodeStateColumns.of(row));
	}

	/** The enrolled nodes of which accounts are not looked at. */
	Page<UnseenOn> unseen(Pageable page) {
		String from = " from node_state where unseen_reason <> 'NONE' and state <> 'PENDING_ENROLMENT'";
		List<UnseenOn> nodes = this.jdbc
			.sql("select node_id, unseen_reason, unseen_accounts" + from
					+ " order by node_id offset :offset rows fetch next :size rows only")
			.param("offset", page.getOffset())
			.param("size", page.getPageSize())
			.query((row, number) -> new UnseenOn(new NodeId(row.getLong("node_id")), NodeStateColumns.unseen(row)))
			.list();
		return new PageImpl<>(nodes, page, this.jdbc.sql("select count(*)" + from).query(Long.class).single());
	}

	Map<NodeState, Long> counts() {
		Map<NodeState, Long> counts = new EnumMap<>(NodeState.class);
		for (NodeState state : NodeState.values()) {
			counts.put(state, 0L);
		}
		this.jdbc
			.sql("select shown, count(*) as nodes from (select " + SHOWN_STATE
					+ " as shown from node_state) as states group by shown")
			.query((row) -> {
				counts.merge(JdbcColumns.constant(row, "shown", NodeState.FAILED), row.getLong("nodes"), Long::sum);
			});
		return counts;
	}

	List<NodeId> inState(NodeState state) {
		return this.jdbc.sql("select node_id from node_state where " + SHOWN_STATE + " = :state order by node_id")
			.param("state", state.name())
			.query(Long.class)
			.list()
			.stream()
			.map((id) -> new NodeId(Objects.requireNonNull(id)))
			.toList();
	}

	public List<NodeId> unsettledAmong(Collection<NodeId> nodes) {
		return Chunk
			.<NodeId, Long>collect(nodes,
					(some) -> this.jdbc.sql("""
							select node_id from node_state
							where node_id in (:nodes) and wanted_generation > attempted_generation""")
						.param("nodes", values(some))
						.query(Long.class)
						.list())
			.stream()
			.map((id) -> new NodeId(Objects.requireNonNull(id)))
			.toList();
	}

	public List<NodeId> unsettled() {
		return this.jdbc.sql("select node_id from node_state where wanted_generation > attempted_generation")
			.query(Long.class)
			.list()
			.stream()
			.map((id) -> new NodeId(Objects.requireNonNull(id)))
			.toList();
	}

	private static List<Long> values(Collection<NodeId> nodes) {
		return nodes.stream().map(NodeId::value).sorted().toList();
	}

}
