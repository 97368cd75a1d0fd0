package io.latchkey.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.grants.GrantId;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateColumns;
import io.latchkey.nodestate.NodeStateRow;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How far each grant has come on each node. */
@Repository
public class DeliveryRepository {

	private static final String FAILED_ON_WELL_NODES = """
			 from grant_delivery d join node n on n.id = d.node_id join node_state s on s.node_id = d.node_id
			join access_grant g on g.id = d.grant_id where d.state = 'FAILED' and g.revoked_at is null
			and (g.expires_at is null or g.expires_at > :now) and s.state in ('IN_SYNC', 'DRIFTED')""";

	private final JdbcClient jdbc;

	DeliveryRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * One grant on one node as it is kept, and what decides how it is shown.
	 *
	 * @param keyless whether it is pending only because there is no key to put there
	 * @param hasEnded whether the grant is revoked or its end has passed
	 */
	record Row(GrantId grant, String nodeName, String account, Delivery.State state, @Nullable String detail,
			boolean keyless, Instant at, NodeStateRow nodeState, boolean hasEnded) {

		NodeId node() {
			return this.nodeState.node();
		}

		/** The same node, in another matter. */
		Row as(String otherAccount, Delivery.State otherState) {
			return new Row(this.grant, this.nodeName, otherAccount, otherState, null, false, this.at, this.nodeState,
					true);
		}

	}

	Set<NodeId> nodesOf(GrantId grant) {
		return this.jdbc.sql("select node_id from grant_delivery where grant_id = :grant")
			.param("grant", grant.value())
			.query(Long.class)
			.list()
			.stream()
			.map((id) -> new NodeId(Objects.requireNonNull(id)))
			.collect(Collectors.toSet());
	}

	Map<NodeId, Map<GrantId, Delivery.State>> statesOn(Collection<NodeId> nodes) {
		Map<NodeId, Map<GrantId, Delivery.State>> states = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select node_id, grant_id, state from grant_delivery where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						states.computeIfAbsent(new NodeId(row.getLong("node_id")), (node) -> new HashMap<>())
							.put(new GrantId(row.getLong("grant_id")),
									JdbcColumns.constant(row, "state", Delivery.State.PENDING));
					}));
		return states;
	}

	/** Sets the state on all these nodes; rows that are missing are made. */
	void setAll(GrantId grant, String account, Collection<NodeId> nodes, Delivery.State state, Instant now) {
		Chunk.each(nodes.stream().map(NodeId::value).sorted().toList(),
				(some) -> setSome(grant, account, some, state, now));
	}

	private void setSome(GrantId grant, String account, Chunk<Long> ids, Delivery.State state, Instant now) {
		this.jdbc.sql("""
				update grant_delivery set state = :state, detail = null, keyless = :keyless, at = :now
				where grant_id = :grant and node_id in (:nodes)""")
			.param("state", state.name())
			.param("keyless", false)
			.param("now", JdbcColumns.at(now))
			.param("grant", grant.value())
			.param("nodes", ids)
			.update();
		this.jdbc.sql("""
				insert into grant_delivery (grant_id, node_id, account, state, at)
				select :grant, n.id, :account, :state, :now from node n where n.id in (:nodes) and not exists (
				select 1 from grant_delivery d where d.grant_id = :grant and d.node_id = n.id)""")
			.param("grant", grant.value())
			.param("account", account)
			.param("state", state.name())
			.param("now", JdbcColumns.at(now))
			.param("nodes", ids)
			.update();
	}

	/** Sets the state on one node, where there is one. */
	void change(StatementBatch batch, GrantId grant, NodeId node, DeliveryProgress progress, Instant now) {
		batch
			.add("""
					update grant_delivery set at = case when state = :state then at else cast(:now as timestamp with time zone)
					end, state = :state, detail = :detail, keyless = :keyless where grant_id = :grant and node_id = :node""",
					columns(grant, node, progress, now));
	}

	/** The first that is known of it. */
	void add(StatementBatch batch, GrantId grant, NodeId node, DeliveryProgress progress, Instant now) {
		batch.add("""
				insert into grant_delivery (grant_id, node_id, account, state, detail, keyless, at)
				values (:grant, :node, :account, :state, :detail, :keyless, :now)""",
				columns(grant, node, progress, now).addValue("account", progress.account()));
	}

	private static MapSqlParameterSource columns(GrantId grant, NodeId node, DeliveryProgress progress, Instant now) {
		return new MapSqlParameterSource("state", progress.state().name()).addValue("keyless", progress.keyless())
			.addValue("now", JdbcColumns.at(now))
			.addValue("detail", JdbcColumns.detail(progress.detail()))
			.addValue("grant", grant.value())
			.addValue("node", node.value());
	}

	List<Row> of(Collection<GrantId> grants, Instant now) {
		return Chunk.collect(grants, (some) -> this.jdbc.sql("""
				select d.grant_id, d.account, d.state as delivery_state, d.detail as delivery_detail, d.keyless, d.at,
				n.name as node_name, s.*,
				case when g.revoked_at is not null or g.expires_at <= :now then 1 else 0 end as has_ended
				from grant_delivery d join node n on n.id = d.node_id join node_state s on s.node_id = d.node_id
				join access_grant g on g.id = d.grant_id where d.grant_id in (:grants) order by d.grant_id, n.name""")
			.param("now", JdbcColumns.at(now))
			.param("grants", some.stream().map(GrantId::value).toList())
			.query(DeliveryRepository::row)
			.list());
	}

	/** A row for each of these nodes, of no grant. */
	List<Row> onNodes(Collection<NodeId> nodes) {
		return Chunk.collect(nodes,
				(some) -> this.jdbc
					.sql("""
							select 0 as grant_id, '' as account, 'STILL_PRESENT' as delivery_state,
							cast(null as varchar(2000)) as delivery_detail, false as keyless, s.since as at, n.name as node_name, s.*, 1 as has_ended
							from node n join node_state s on s.node_id = n.id where n.id in (:nodes)""")
					.param("nodes", some.stream().map(NodeId::value).toList())
					.query(DeliveryRepository::row)
					.list());
	}

	/** Grants that have not ended and failed where nothing else did, oldest first. */
	List<FailedDelivery> failedOnWellNodes(Instant now, int most) {
		return this.jdbc
			.sql("select d.grant_id, d.account, d.detail, d.at, n.name as node_name" + FAILED_ON_WELL_NODES
					+ " order by d.at, d.grant_id, n.name fetch first :most rows only")
			.param("now", JdbcColumns.at(now))
			.param("most", most)
			.query((row, number) -> new FailedDelivery(new GrantId(row.getLong("grant_id")), row.getString("node_name"),
					row.getString("account"), row.getString("detail"), JdbcColumns.requiredInstant(row, "at")))
			.list();
	}

	long countFailedOnWellNodes(Instant now) {
		return this.jdbc.sql("select count(*)" + FAILED_ON_WELL_NODES)
			.param("now", JdbcColumns.at(now))
			.query(Long.class)
			.single();
	}

	/** An inter-node key says of itself whether it is a node's or a cluster's. */
	private static String subject(String holder) {
		return holder.contains(":") ? holder : "identity:" + holder;
	}

	List<OverdueRemoval> overdueRemovals() {
		return this.jdbc
			.sql("""
					select p.identity, p.account, p.grant_ids, p.unwanted_since,
					case when p.ends_by_itself and not exists (select 1 from placed_line q where q.node_id = p.node_id
					and q.account = p.account and q.fingerprint = p.fingerprint and not q.ends_by_itself)
					and not exists (select 1 from account_entry e where e.node_id = p.node_id and e.account = p.account
					and e.fingerprint = p.fingerprint and e.is_line is not null
					and lower(e.options) not like '%expiry-time=%')
					then 1 else 0 end as ends_by_itself, n.name as node_name, s.state, s.detail from placed_line p join node n on n.id = p.node_id
					join node_state s on s.node_id = p.node_id where p.unwanted_since is not null
					order by p.unwanted_since, p.id""")
			.query((row, number) -> {
				Set<Long> grants = JdbcColumns.ids(row.getString("grant_ids"));
				return new OverdueRemoval(new GrantId(grants.isEmpty() ? 0 : grants.iterator().next()),
						subject(row.getString("identity")), row.getString("node_name"), row.getString("account"),
						JdbcColumns.requiredInstant(row, "unwanted_since"),
						JdbcColumns.constant(row, "state", NodeState.FAILED), row.getString("detail"),
						row.getInt("ends_by_itself") == 1);
			})
			.list();
	}

	long countOverdueRemovals() {
		return this.jdbc.sql("select count(*) from placed_line where unwanted_since is not null")
			.query(Long.class)
			.single();
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		return new Row(new GrantId(row.getLong("grant_id")), row.getString("node_name"), row.getString("account"),
				JdbcColumns.constant(row, "delivery_state", Delivery.State.PENDING), row.getString("delivery_detail"),
				row.getBoolean("keyless"), JdbcColumns.requiredInstant(row, "at"), NodeStateColumns.row(row, number),
				row.getInt("has_ended") == 1);
	}

}
