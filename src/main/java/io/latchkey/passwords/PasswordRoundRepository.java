package io.latchkey.passwords;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.core.Actor;
import io.latchkey.core.StatementBatch;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.passwords.PasswordRound.OnNode;
import io.latchkey.passwords.PasswordRound.Outcome;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The last change of each cluster's nodes. */
@Repository
class PasswordRoundRepository {

	private final JdbcClient jdbc;

	PasswordRoundRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** What is known of it without what this process does: it is not under way. */
	Optional<PasswordRound> of(String cluster) {
		return this.jdbc.sql("select * from password_round where cluster = :cluster")
			.param("cluster", cluster)
			.query((row, number) -> round(row))
			.optional()
			.flatMap(Function.identity())
			.map((round) -> round.with(nodes(round.id())));
	}

	/** Each node's digest by its name, of those that wait. */
	Map<String, String> waiting(long round) {
		return this.jdbc
			.sql("select node, seen from password_round_node where round_id = :round and outcome = 'WAITING'")
			.param("round", round)
			.query((row, number) -> Map.entry(row.getString("node"), row.getString("seen")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** Replaces the one before, of the same cluster. */
	void begin(StatementBatch batch, String cluster, PasswordChoice choice, Actor actor, Instant at,
			Map<String, String> seen) {
		delete(cluster);
		this.jdbc.sql("""
				insert into password_round (cluster, passwords, root_login, actor, via, asked_at)
				values (:cluster, :passwords, :root, :actor, :via, :at)""")
			.param("cluster", cluster)
			.param("passwords", choice.passwords().name())
			.param("root", choice.rootLogin().name())
			.param("actor", actor.name())
			.param("via", actor.via().name())
			.param("at", JdbcColumns.at(at))
			.update();
		seen.forEach((node, digest) -> batch.add("""
				insert into password_round_node (round_id, node, seen, outcome)
				select id, :node, :seen, 'WAITING' from password_round where cluster = :cluster""",
				new MapSqlParameterSource("node", node).addValue("seen", digest).addValue("cluster", cluster)));
	}

	void delete(String cluster) {
		this.jdbc.sql("delete from password_round where cluster = :cluster").param("cluster", cluster).update();
	}

	void end(StatementBatch batch, long round, PasswordChange change) {
		batch.add("""
				update password_round_node set outcome = :outcome, state = :state, detail = :detail
				where round_id = :round and node = :node""",
				new MapSqlParameterSource("outcome", (change.done() ? Outcome.DONE : Outcome.LEFT).name())
					.addValue("state", change.state().name())
					.addValue("detail", JdbcColumns.detail(change.detail()))
					.addValue("round", round)
					.addValue("node", change.node()));
	}

	/** Nothing of one whose choice cannot be read: nobody may go on with another. */
	private static Optional<PasswordRound> round(ResultSet row) throws SQLException {
		Optional<PasswordChoice.Passwords> passwords = JdbcColumns.constant(row, "passwords",
				PasswordChoice.Passwords.class);
		Optional<PasswordChoice.RootLogin> root = JdbcColumns.constant(row, "root_login",
				PasswordChoice.RootLogin.class);
		if (passwords.isEmpty() || root.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new PasswordRound(row.getLong("id"), row.getString("cluster"),
				new PasswordChoice(passwords.get(), root.get()),
				new Actor(row.getString("actor"), JdbcColumns.constant(row, "via", Actor.Via.SYSTEM)),
				JdbcColumns.requiredInstant(row, "asked_at"), false, List.of()));
	}

	private static OnNode onNode(ResultSet row) throws SQLException {
		boolean isSeen = row.getString("state") != null;
		return new OnNode(row.getString("node"), JdbcColumns.constant(row, "outcome", Outcome.LEFT),
				isSeen ? JdbcColumns.constant(row, "state", PasswordState.UNKNOWN) : null, row.getString("detail"));
	}

	private List<OnNode> nodes(long round) {
		return this.jdbc.sql("select * from password_round_node where round_id = :round order by node")
			.param("round", round)
			.query((row, number) -> onNode(row))
			.list();
	}

}
