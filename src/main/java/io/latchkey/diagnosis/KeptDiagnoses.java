package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.core.CurrentActor;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The last diagnosis of each account, of the latest accounts of each node. */
@Component
@Transactional
public class KeptDiagnoses {

	static final int MOST_ACCOUNTS = 50;

	private final JdbcClient jdbc;

	private final NamedParameterJdbcOperations batches;

	private final CurrentActor actor;

	KeptDiagnoses(JdbcClient jdbc, NamedParameterJdbcOperations batches, CurrentActor actor) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.actor = actor;
	}

	/** Newest first. */
	@Transactional(readOnly = true)
	public List<KeptDiagnosis> of(NodeId node) {
		return this.jdbc.sql("""
				select account, identity, at, asked_by, explained, looked, answer from kept_diagnosis
				where node_id = ? order by at desc, account""")
			.param(node.value())
			.query((row, number) -> new KeptDiagnosis(row.getString("account"), row.getString("identity"),
					JdbcColumns.requiredInstant(row, "at"), row.getString("asked_by"), row.getBoolean("explained"),
					row.getBoolean("looked"), row.getString("answer")))
			.list();
	}

	/**
	 * The accounts that were found well since then, by looking closely, and what was seen
	 * of them then.
	 */
	@Transactional(readOnly = true)
	Map<String, Well> well(NodeId node, Instant since) {
		Map<String, Well> well = new HashMap<>();
		this.jdbc.sql("""
				select account, seen, looked_at, answer from kept_diagnosis
				where node_id = ? and seen is not null and looked_at > ?""")
			.params(Arrays.asList(node.value(), JdbcColumns.at(since)))
			.query((row) -> {
				well.put(row.getString("account"), new Well(row.getString("seen"),
						JdbcColumns.requiredInstant(row, "looked_at"), row.getString("answer")));
			});
		return well;
	}

	/**
	 * An account that was found well.
	 *
	 * @param lookedAt when it was last looked at closely
	 */
	record Well(String seen, Instant lookedAt, String answer) {

		Diagnosis diagnosis(String node, String account, Instant at) {
			return new Diagnosis(node, account, null, at, true, null, this.answer, List.of(), List.of());
		}

	}

	void note(NodeId node, Collection<Diagnosis> diagnoses) {
		note(node, diagnoses, this.actor.get().name(), Map.of());
	}

	/**
	 * Unless the node is gone by now.
	 * @param asker who asked
	 * @param seen by what each account is known again
	 */
	void note(NodeId node, Collection<Diagnosis> diagnoses, String asker, Map<String, String> seen) {
		boolean isThere = !this.jdbc.sql("select id from node where id = ? for update")
			.param(node.value())
			.query(Long.class)
			.list()
			.isEmpty();
		if (!isThere || diagnoses.isEmpty()) {
			return;
		}
		Map<String, Instant> before = new HashMap<>();
		well(node, Instant.EPOCH).forEach((account, well) -> {
			if (well.seen().equals(seen.get(account))) {
				before.put(account, well.lookedAt());
			}
		});
		StatementBatch batch = new StatementBatch();
		diagnoses.forEach((diagnosis) -> {
			boolean isWell = diagnosis.looked() && diagnosis.findings().isEmpty();
			boolean isClose = !diagnosis.checks().isEmpty();
			replace(batch, node, diagnosis, asker, isWell ? seen.get(diagnosis.account()) : null,
					isClose ? diagnosis.at() : before.getOrDefault(diagnosis.account(), diagnosis.at()));
		});
		batch.send(this.batches);
		this.jdbc.sql("""
				delete from kept_diagnosis where node_id = :node and account not in
				(select account from kept_diagnosis where node_id = :node order by at desc, account limit :most)""")
			.param("node", node.value())
			.param("most", MOST_ACCOUNTS)
			.update();
	}

	private static void replace(StatementBatch batch, NodeId node, Diagnosis diagnosis, String asker,
			@Nullable String seen, Instant lookedAt) {
		MapSqlParameterSource values = new MapSqlParameterSource("node", node.value())
			.addValue("account", diagnosis.account())
			.addValue("identity", diagnosis.identity())
			.addValue("at", JdbcColumns.at(diagnosis.at()))
			.addValue("asker", asker)
			.addValue("explained", diagnosis.isExplained())
			.addValue("looked", diagnosis.looked())
			.addValue("answer", JdbcColumns.detail(diagnosis.answer()))
			.addValue("seen", seen)
			.addValue("lookedAt", JdbcColumns.at(lookedAt));
		batch.add("delete from kept_diagnosis where node_id = :node and account = :account", values);
		batch.add("""
				insert into kept_diagnosis (node_id, account, identity, at, asked_by, explained, looked, answer, seen,
				looked_at) values (:node, :account, :identity, :at, :asker, :explained, :looked, :answer, :seen,
				:lookedAt)""", values);
	}

}
