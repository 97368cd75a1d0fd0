package io.latchkey.runs;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.latchkey.core.GroupedWork;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;

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

	/** About what it costs to note one more. */
	private static final Duration LINGER_FOR_EACH = Duration.ofMillis(20);

	private static final Duration LINGER = Duration.ofMillis(100);

	private final GroupedWork<Intention, Boolean> work;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transaction;

	Intentions(Waves waves, NamedParameterJdbcOperations jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.work = GroupedWork.of(MOST, PATIENCE, this::store, (one) -> store(List.of(one)).get(0))
			.lingering(LINGER_FOR_EACH, LINGER,
					(here) -> waves.talking(here.stream().map(Intention::node).collect(Collectors.toSet())));
		waves.onLeave(this.work::lookAgain);
	}

	/**
	 * @param node to which it is about to be done
	 * @param statements in a transaction; what is to be written goes into the batch
	 */
	public void note(NodeId node, Consumer<StatementBatch> statements) {
		this.work.join(new Intention(node, statements));
	}

	private List<Boolean> store(List<Intention> intentions) {
		this.transaction.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			intentions.forEach((each) -> each.statements().accept(batch));
			batch.send(this.jdbc);
		});
		return intentions.stream().map((each) -> true).toList();
	}

	/** What is about to be done to a node, as the statements that say so. */
	private record Intention(NodeId node, Consumer<StatementBatch> statements) {

	}

}
