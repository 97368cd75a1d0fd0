package io.latchkey.passwords;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.core.Chunk;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeStateRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was decided of logins by password, and seen. */
@Repository
class PasswordLoginRepository {

	private static final int LONGEST_EXCEPTIONS = 8000;

	private final JdbcClient jdbc;

	private final NodeStateRepository states;

	PasswordLoginRepository(JdbcClient jdbc, NodeStateRepository states) {
		this.jdbc = jdbc;
		this.states = states;
	}

	Optional<PasswordLogin> find(NodeId node) {
		return Optional.ofNullable(find(Set.of(node)).get(node));
	}

	Map<NodeId, PasswordLogin> find(Collection<NodeId> nodes) {
		Map<NodeId, PasswordLogin> found = new HashMap<>();
		Chunk.each(nodes,
				(some) -> this.jdbc.sql("select * from password_login where node_id in (:nodes)")
					.param("nodes", JdbcColumns.padded(some))
					.query((row) -> {
						PasswordLogin login = read(row);
						found.put(login.node(), login);
					}));
		return found;
	}

	/**
	 * What is known of those of these nodes that there are, until the transaction ends:
	 * whoever saves of the same node waits, and so does the end of a run.
	 */
	Map<NodeId, Optional<PasswordLogin>> lock(Collection<NodeId> nodes) {
		Set<NodeId> existing = this.states.lock(nodes).keySet();
		Map<NodeId, PasswordLogin> known = find(existing);
		return existing.stream()
			.collect(Collectors.toMap(Function.identity(), (node) -> Optional.ofNullable(known.get(node))));
	}

	/**
	 * @param isKnown whether there is something of the node, which is locked
	 */
	void save(StatementBatch batch, PasswordLogin login, boolean isKnown) {
		batch.add(isKnown ? """
				update password_login set passwords = :passwords, root_login = :root, decided_at = :decided,
				state = :state, detail = :detail, seen_at = :seen, exceptions = :exceptions,
				unsettled_until = :unsettled where node_id = :node""" : """
				insert into password_login (node_id, passwords, root_login, decided_at, state, detail, seen_at,
				exceptions, unsettled_until) values (:node, :passwords, :root, :decided, :state, :detail, :seen,
				:exceptions, :unsettled)""", values(login));
	}

	/** What was decided and has drifted, what was seen first before. */
	List<PasswordLogin> drifted(int most) {
		return this.jdbc
			.sql("select * from password_login where detail is not null order by seen_at, node_id fetch first " + most
					+ " rows only")
			.query((row, number) -> read(row))
			.list();
	}

	/** Unless something else was decided meanwhile. */
	void noteSeen(StatementBatch batch, PasswordLogin before, PasswordLogin seen) {
		batch.add("""
				update password_login set state = :state, detail = :detail, seen_at = :seen, unsettled_until = null
				where node_id = :node and (decided_at = :before or (decided_at is null and :undecided = 1))
				and (unsettled_until is null or unsettled_until <= :seen)""",
				values(seen).addValue("before", JdbcColumns.at(before.decidedAt()))
					.addValue("undecided", (before.decidedAt() == null) ? 1 : 0));
	}

	private static MapSqlParameterSource values(PasswordLogin login) {
		return new MapSqlParameterSource("node", login.node().value())
			.addValue("passwords", login.choice().passwords().name())
			.addValue("root", login.choice().rootLogin().name())
			.addValue("decided", JdbcColumns.at(login.decidedAt()))
			.addValue("state", login.state().name())
			.addValue("detail", JdbcColumns.detail(login.drift()))
			.addValue("seen", JdbcColumns.at(login.seenAt()))
			.addValue("exceptions", joined(login.exceptions()))
			.addValue("unsettled", JdbcColumns.at(login.unsettledUntil()));
	}

	/** Cut off, more would be said to have come since. */
	private static @Nullable String joined(@Nullable List<String> exceptions) {
		return (exceptions != null) ? JdbcColumns.text(String.join("\n", exceptions), LONGEST_EXCEPTIONS) : null;
	}

	private static PasswordLogin read(ResultSet row) throws SQLException {
		return new PasswordLogin(new NodeId(row.getLong("node_id")), choice(row),
				JdbcColumns.instant(row, "decided_at"), split(row.getString("exceptions")),
				JdbcColumns.constant(row, "state", PasswordState.UNKNOWN), row.getString("detail"),
				JdbcColumns.requiredInstant(row, "seen_at"), JdbcColumns.instant(row, "unsettled_until"));
	}

	/** None where half of it cannot be read: nothing is put right by the other half. */
	private static PasswordChoice choice(ResultSet row) throws SQLException {
		Optional<PasswordChoice.Passwords> passwords = JdbcColumns.constant(row, "passwords",
				PasswordChoice.Passwords.class);
		Optional<PasswordChoice.RootLogin> root = JdbcColumns.constant(row, "root_login",
				PasswordChoice.RootLogin.class);
		return (passwords.isPresent() && root.isPresent()) ? new PasswordChoice(passwords.get(), root.get())
				: PasswordChoice.NOTHING;
	}

	private static @Nullable List<String> split(@Nullable String exceptions) {
		return (exceptions != null) ? exceptions.lines().toList() : null;
	}

}
