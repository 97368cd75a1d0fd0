package io.latchkey.diagnosis;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.core.CurrentActor;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.JdbcColumns;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The last diagnosis of each account, of the latest accounts of each node. */
@Component
@Transactional
public class KeptDiagnoses {

	static final int MOST_ACCOUNTS = 50;

	private final JdbcClient jdbc;

	private final CurrentActor actor;

	KeptDiagnoses(JdbcClient jdbc, CurrentActor actor) {
		this.jdbc = jdbc;
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
		diagnoses.forEach((diagnosis) -> {
			this.jdbc.sql("delete from kept_diagnosis where node_id = ? and account = ?")
				.params(node.value(), diagnosis.account())
				.update();
			boolean isWell = diagnosis.looked() && diagnosis.findings().isEmpty();
			boolean isClose = !diagnosis.checks().isEmpty();
			insert(node, diagnosis, asker, isWell ? seen.get(diagnosis.account()) : null,
					isClose ? diagnosis.at() : before.getOrDefault(diagnosis.account(), diagnosis.at()));
		});
		this.jdbc.sql("""
				delete from kept_diagnosis where node_id = :node and account not in
				(select account from kept_diagnosis where node_id = :node order by at desc, account limit :most)""")
			.param("node", node.value())
			.param("most", MOST_ACCOUNTS)
			.update();
	}

	private void insert(NodeId node, Diagnosis diagnosis, String asker, @Nullable String seen, Instant lookedAt) {
		this.jdbc.sql("""
				insert into kept_diagnosis (node_id, account, identity, at, asked_by, explained, looked, answer, seen,
				looked_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(Arrays.asList(node.value(), diagnosis.account(), diagnosis.identity(),
					JdbcColumns.at(diagnosis.at()), asker, diagnosis.isExplained(), diagnosis.looked(),
					JdbcColumns.detail(diagnosis.answer()), seen, JdbcColumns.at(lookedAt)))
			.update();
	}

}
