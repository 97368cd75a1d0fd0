package io.latchkey.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.delivery.Deliveries;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.SettledSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Those who wait for nodes: any number of them, for as long as they like.
 */
@ApplicationTest
class WaitingTests {

	private static final int MORE_THAN_CONNECTIONS = 30;

	private static final Duration DEADLINE = Patience.of(Duration.ofSeconds(60));

	@Autowired
	private Nodes nodes;

	@Autowired
	private Deliveries deliveries;

	@Autowired
	private SettledSignal signal;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TransactionTemplate transaction;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@Test
	void holdNoConnectionToTheDatabase() throws Exception {
		NodeId node = aNodeThatIsNeverDone();
		List<CompletableFuture<Void>> waiting = Stream
			.generate(() -> CompletableFuture.runAsync(() -> this.deliveries.awaitSettled(List.of(node), DEADLINE),
					this.threads))
			.limit(MORE_THAN_CONNECTIONS)
			.toList();
		for (int look = 0; look < MORE_THAN_CONNECTIONS; look++) {
			CompletableFuture<Long> other = CompletableFuture.supplyAsync(
					() -> this.jdbc.sql("select count(*) from node_state").query(Long.class).single(), this.threads);
			assertThat(other.get(Patience.of(Duration.ofSeconds(10)).toSeconds(), TimeUnit.SECONDS)).isPositive();
		}
		assertThat(waiting).noneMatch(CompletableFuture::isDone);
		done(node);
		for (CompletableFuture<Void> each : waiting) {
			each.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
		}
	}

	@Test
	void areNotHeardInATransaction() {
		assertThatIllegalStateException().isThrownBy(() -> this.transaction
			.executeWithoutResult((status) -> this.deliveries.awaitSettled(List.of(), Duration.ZERO)));
	}

	/** The scheduler was not told of the change that it waits for. */
	private NodeId aNodeThatIsNeverDone() {
		Node node = this.nodes.create(new NodeDraft("waiting-" + System.nanoTime(), "127.0.0.1", 1, "root",
				Privilege.ROOT, Mode.ADDITIVE, Map.of()));
		this.deliveries.awaitSettled(List.of(node.id()), DEADLINE);
		this.jdbc.sql("update node_state set wanted_generation = wanted_generation + 1 where node_id = ?")
			.param(node.id().value())
			.update();
		return node.id();
	}

	private void done(NodeId node) {
		this.jdbc.sql("update node_state set attempted_generation = wanted_generation where node_id = ?")
			.param(node.value())
			.update();
		this.signal.runEnded(node);
	}

}
