package io.latchkey.reconcile;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeTasks;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * Nodes that a test leaves behind. All tests share the machines: a run that goes on would
 * write there during the next one.
 */
public final class ForgottenNodes {

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));

	private ForgottenNodes() {
	}

	/** Deletes them in this order, and returns once no run over them is under way. */
	public static void forget(Nodes nodes, JdbcClient jdbc, Collection<String> names) {
		List<String> tasks = names.stream()
			.flatMap((name) -> nodes.find(name).stream())
			.map(Node::id)
			.map(NodeTasks::instanceOf)
			.toList();
		names.forEach(nodes::delete);
		await().atMost(PATIENCE)
			.until(() -> tasks.isEmpty()
					|| jdbc.sql("select count(*) from scheduled_tasks where task_instance in (:tasks)")
						.param("tasks", tasks)
						.query(Long.class)
						.single() == 0);
	}

}
