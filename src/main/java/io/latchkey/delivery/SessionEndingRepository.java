package io.latchkey.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.latchkey.core.Chunk;
import io.latchkey.grants.GrantId;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The sessions that are to be ended, and those that were. */
@Repository
class SessionEndingRepository {

	private static final int BATCH = 500;

	private static final int MOST_TOLD = 500;

	private static final String UNENDED = """
			select e.*, n.name as node_name from session_ending e join node n on n.id = e.node_id
			""";

	private static final String FAILED = """
			(e.outcome in ('LEFT', 'GIVEN_UP') and e.seen_at is null or e.outcome is null and e.detail is not null)
			""";

	/** Of several of the same key in the same place the last counts. */
	private static final String LAST = """
			 and not exists (select 1 from session_ending l where l.node_id = e.node_id and l.account = e.account
			and l.fingerprint = e.fingerprint and l.id > e.id)
			""";

	private static final String ORDER = " order by e.asked_at, e.id fetch first :most rows only";

	private final JdbcClient jdbc;

	private final JdbcTemplate batches;

	SessionEndingRepository(JdbcClient jdbc, JdbcTemplate batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * A key that is or was let in to an account of a node, and whose it is.
	 */
	record Place(NodeId node, String account, Fingerprint key, GrantId grant, @Nullable String identity) {

	}

	/**
	 * What is known of the sessions of a grant on a node.
	 *
	 * @param node the node's name
	 * @param outcome null when it is still to be done
	 */
	record Row(GrantId grant, String node, SessionEnding.@Nullable Outcome outcome, int ended,
			@Nullable String detail) {

	}

	void add(Collection<Place> places, Instant now) {
		this.batches.batchUpdate("""
				insert into session_ending (node_id, account, fingerprint, grant_id, asked_at, identity, ended)
				values (?, ?, ?, ?, ?, ?, 0)""", places, BATCH, (row, place) -> {
			row.setLong(1, place.node().value());
			row.setString(2, place.account());
			row.setString(3, place.key().value());
			row.setLong(4, place.grant().value());
			row.setObject(5, JdbcColumns.at(now));
			row.setString(6, place.identity());
		});
	}

	/** Where Latchkey's lines let keys in now, or are not known to be gone. */
	List<Place> placesOf(GrantId grant) {
		return this.jdbc.sql("select * from placed_line where (',' || grant_ids || ',') like :pattern")
			.param("pattern", "%," + grant.value() + ",%")
			.query((row, number) -> place(row, grant.value()))
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	/** The same for all grants of an identity. */
	List<Place> placesOf(String identity) {
		return this.jdbc.sql("select * from placed_line where identity = :identity")
			.param("identity", identity)
			.query((row, number) -> places(row))
			.stream()
			.flatMap(List::stream)
			.toList();
	}

	/** The same for one key. */
	List<Place> placesOf(Fingerprint key) {
		return this.jdbc.sql("select * from placed_line where fingerprint = :key")
			.param("key", key.value())
			.query((row, number) -> places(row))
			.stream()
			.flatMap(List::stream)
			.toList();
	}

	/** Those on the node that are still to be done. */
	Map<NodeId, List<SessionEnding>> openOn(Collection<NodeId> nodes) {
		Map<NodeId, List<SessionEnding>> open = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc
					.sql("select * from session_ending where node_id in (:nodes) and outcome is null order by id")
					.param("nodes", JdbcColumns.padded(some))
					.query((ResultSet row) -> {
						List<SessionEnding> of = open.computeIfAbsent(new NodeId(row.getLong("node_id")),
								(node) -> new ArrayList<>());
						ending(row).ifPresent(of::add);
					}));
		return open;
	}

	private static Optional<SessionEnding> ending(ResultSet row) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		return key.isEmpty() ? Optional.empty()
				: Optional.of(new SessionEnding(row.getLong("id"), row.getString("account"), key.get(),
						new GrantId(row.getLong("grant_id")), JdbcColumns.requiredInstant(row, "asked_at")));
	}

	void note(SessionOutcome outcome, Instant now) {
		this.jdbc.sql("""
				update session_ending set outcome = :outcome, ended = ended + :ended, detail = :detail,
				done_at = :done where id = :id""")
			.param("outcome", (outcome.outcome() != null) ? outcome.outcome().name() : null)
			.param("ended", outcome.ended())
			.param("detail", JdbcColumns.detail(outcome.detail()))
			.param("done", (outcome.outcome() != null) ? JdbcColumns.at(now) : null)
			.param("id", outcome.ending().id())
			.update();
	}

	/** In the order in which they were asked for. */
	List<Row> of(Collection<GrantId> grants) {
		return Chunk.collect(grants,
				(some) -> this.jdbc.sql("""
						select e.*, n.name as node_name from session_ending e join node n on n.id = e.node_id
						where e.grant_id in (:grants) order by e.id""")
					.param("grants", some.stream().map(GrantId::value).toList())
					.query(SessionEndingRepository::row)
					.list());
	}

	/** As {@link UnendedSessions#open()} says. */
	List<UnendedSession> unended() {
		return readable(this.jdbc.sql(UNENDED + "where " + FAILED + LAST + ORDER)
			.param("most", MOST_TOLD)
			.query((row, number) -> unended(row))
			.list());
	}

	/** As {@link UnendedSessions#of} says. */
	List<UnendedSession> unendedOf(String identity, Collection<Fingerprint> keys) {
		String open = UNENDED + "where (e.outcome is null or " + FAILED + ")" + LAST;
		List<Optional<UnendedSession>> sessions = new ArrayList<>(
				this.jdbc.sql(open + "and e.identity = :identity" + ORDER)
					.param("identity", identity)
					.param("most", MOST_TOLD)
					.query((row, number) -> unended(row))
					.list());
		sessions.addAll(Chunk.collect(keys,
				(some) -> this.jdbc.sql(open + "and e.identity is null and e.fingerprint in (:keys)" + ORDER)
					.param("keys", some.stream().map(Fingerprint::value).toList())
					.param("most", MOST_TOLD)
					.query((row, number) -> unended(row))
					.list()));
		return readable(sessions).stream()
			.sorted(Comparator.comparing(UnendedSession::askedAt))
			.limit(MOST_TOLD)
			.toList();
	}

	/** It, and all earlier ones of the same key in the same place. */
	void noteSeen(UnendedSession session, String actor, Instant now) {
		this.jdbc.sql("""
				update session_ending set seen_at = :now, seen_by = :actor
				where node_id = :node and account = :account and fingerprint = :key and seen_at is null""")
			.param("now", JdbcColumns.at(now))
			.param("actor", actor)
			.param("node", session.nodeId().value())
			.param("account", session.account())
			.param("key", session.key().value())
			.update();
	}

	private static List<UnendedSession> readable(List<Optional<UnendedSession>> rows) {
		return rows.stream().flatMap(Optional::stream).toList();
	}

	private static Optional<UnendedSession> unended(ResultSet row) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		if (key.isEmpty()) {
			return Optional.empty();
		}
		String outcome = row.getString("outcome");
		String detail = row.getString("detail");
		UnendedSession.Standing standing = (outcome != null) ? UnendedSession.Standing.valueOf(outcome)
				: (detail != null) ? UnendedSession.Standing.TRYING : UnendedSession.Standing.WAITING;
		return Optional.of(new UnendedSession(row.getString("identity"), new NodeId(row.getLong("node_id")),
				row.getString("node_name"), row.getString("account"), key.get(), new GrantId(row.getLong("grant_id")),
				JdbcColumns.requiredInstant(row, "asked_at"), standing, detail));
	}

	private static List<Place> places(ResultSet row) throws SQLException {
		List<Place> places = new ArrayList<>();
		for (long grant : JdbcColumns.ids(row.getString("grant_ids"))) {
			place(row, grant).ifPresent(places::add);
		}
		return places;
	}

	private static Optional<Place> place(ResultSet row, long grant) throws SQLException {
		Optional<Fingerprint> key = JdbcColumns.fingerprint(row);
		return key.isEmpty() ? Optional.empty() : Optional.of(new Place(new NodeId(row.getLong("node_id")),
				row.getString("account"), key.get(), new GrantId(grant), row.getString("identity")));
	}

	private static Row row(ResultSet row, int number) throws SQLException {
		String outcome = row.getString("outcome");
		return new Row(new GrantId(row.getLong("grant_id")), row.getString("node_name"),
				(outcome != null) ? SessionEnding.Outcome.valueOf(outcome) : null, row.getInt("ended"),
				row.getString("detail"));
	}

}
