package io.latchkey.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.latchkey.core.GroupedWork;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.WakeUps;

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

	private final WakeUps wakeUps;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transaction;

	Intentions(Waves waves, WakeUps wakeUps, NamedParameterJdbcOperations jdbc, TransactionTemplate transaction) {
		this.wakeUps = wakeUps;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.work = GroupedWork.of(MOST, PATIENCE, this::storeTogether, this::storeAlone)
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

	/** Those of nodes that somebody else holds come after the others, each alone. */
	private List<Boolean> storeTogether(List<Intention> intentions) {
		List<Intention> held = new ArrayList<>();
		this.transaction.executeWithoutResult((status) -> {
			Set<NodeId> free = this.wakeUps
				.holdFree(intentions.stream().map(Intention::node).collect(Collectors.toSet()));
			store(intentions.stream().filter((each) -> free.contains(each.node())).toList());
			intentions.stream().filter((each) -> !free.contains(each.node())).forEach(held::add);
		});
		held.forEach(this::storeAlone);
		return intentions.stream().map((each) -> true).toList();
	}

	private Boolean storeAlone(Intention intention) {
		this.transaction.executeWithoutResult((status) -> {
			this.wakeUps.hold(List.of(intention.node()));
			store(List.of(intention));
		});
		return true;
	}

	private void store(List<Intention> intentions) {
		StatementBatch batch = new StatementBatch();
		intentions.forEach((each) -> each.statements().accept(batch));
		batch.send(this.jdbc);
	}

	/** What is about to be done to a node, as the statements that say so. */
	private record Intention(NodeId node, Consumer<StatementBatch> statements) {

	}

}
