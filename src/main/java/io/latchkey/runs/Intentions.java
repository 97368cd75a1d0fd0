package io.latchkey.runs;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.latchkey.core.GroupedWork;
import io.latchkey.core.StatementBatch;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes note of what is about to be done to a node before it is done, and returns once
 * that is committed: what reached the node is known as Latchkey's even when the process
 * dies before it hears so. What several runs are about to do at the same time is
 * committed together.
 */
@Component
public class Intentions {

	private static final int MOST = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** Nobody waits for one of many nodes, and a moment more serves more of them. */
	private static final Duration LINGER = Duration.ofMillis(100);

	private static final int MANY = 8;

	private final GroupedWork<Consumer<StatementBatch>, Boolean> work;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transaction;

	Intentions(RunsUnderWay underWay, NamedParameterJdbcOperations jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.work = GroupedWork.of(MOST, PATIENCE, this::store, (one) -> store(List.of(one)).get(0))
			.lingering(LINGER, () -> underWay.answering() > MANY);
	}

	/**
	 * @param intention in a transaction; what is to be written goes into the batch
	 */
	public void note(Consumer<StatementBatch> intention) {
		this.work.join(intention);
	}

	private List<Boolean> store(List<Consumer<StatementBatch>> intentions) {
		this.transaction.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			intentions.forEach((each) -> each.accept(batch));
			batch.send(this.jdbc);
		});
		return intentions.stream().map((each) -> true).toList();
	}

}
