package io.latchkey.reconcile.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.PublicKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which nodes are served first when workers are scarce. */
@UnscheduledTest
class UrgencyDataTests {

	private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	private final List<String> served = new CopyOnWriteArrayList<>();

	@Autowired
	private Tables tables;

	@Autowired
	private Nodes nodes;

	@Autowired
	private WakeUps wakeUps;

	@Autowired
	private RunRecorder recorder;

	@Autowired
	private PlacedLineRepository placedLines;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private JdbcClient jdbc;

	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void oneWorkerServesRemovalsBeforeAdditionsBeforeChecks() {
		Scheduler scheduler = schedulerWithOneWorker();
		NodeId checked = node(scheduler, "checked", Instant.now().minusSeconds(60));
		NodeId granted = node(scheduler, "granted", Instant.now().plusSeconds(600));
		NodeId revoked = node(scheduler, "revoked", Instant.now().plusSeconds(600));
		wake(granted, Urgency.ADDITION);
		wake(revoked, Urgency.REMOVAL);
		try {
			scheduler.start();
			await().until(() -> this.served.size() == 3);
		}
		finally {
			scheduler.stop();
		}
		assertThat(this.served).containsExactly(NodeTasks.instanceOf(revoked), NodeTasks.instanceOf(granted),
				NodeTasks.instanceOf(checked));
	}

	@Test
	void aRemovalThatComesDuringARunIsAsUrgentAfterIt() {
		NodeId node = node(schedulerWithOneWorker(), "busy", Instant.now().minusSeconds(60));
		this.jdbc.sql("update scheduled_tasks set picked = true").update();
		Instant before = dueAt();
		wake(node, Urgency.REMOVAL);
		wake(node, Urgency.ADDITION);
		assertThat(priority()).isEqualTo(Urgency.REMOVAL.priority());
		assertThat(dueAt()).isEqualTo(before);
	}

	@Test
	void aRemovalThatFailedGoesBeforeAdditionsWhenItIsTriedAgain() {
		NodeId node = node(schedulerWithOneWorker(), "away", Instant.now());
		settleAsFailed(node);
		assertThat(priority()).isEqualTo(Urgency.ADDITION_AGAIN.priority());
		this.placedLines.add(node,
				new PlacedLine(0, "deploy", KEY,
						AuthorizedKeysFile.Line.of(KEY).key().map(PublicKey::fingerprint).orElseThrow(), "alice",
						new TreeSet<>(), null, AccountState.Origin.LATCHKEY, true, "/home/deploy/.ssh/authorized_keys"),
				Instant.EPOCH);
		this.placedLines.noteUnwanted(this.placedLines.of(node).stream().map(PlacedLine::id).toList(), Instant.now());
		settleAsFailed(node);
		assertThat(priority()).isEqualTo(Urgency.REMOVAL_AGAIN.priority()).isGreaterThan(Urgency.ADDITION.priority());
	}

	private Scheduler schedulerWithOneWorker() {
		OneTimeTask<Void> task = Tasks.oneTime(NodeTasks.NAME)
			.execute((instance, context) -> this.served.add(instance.getId()));
		return Scheduler.create(this.dataSource, task).threads(1).enablePriority().build();
	}

	private NodeId node(Scheduler scheduler, String name, Instant due) {
		NodeId node = this.nodes
			.create(new NodeDraft(name, name + ".example", 22, "root", Privilege.ROOT, Mode.ADDITIVE, Map.of()))
			.id();
		scheduler.schedule(new TaskInstance<Void>(NodeTasks.NAME, NodeTasks.instanceOf(node)), due);
		this.jdbc.sql("update scheduled_tasks set priority = :priority where task_instance = :node")
			.param("priority", Urgency.CHECK.priority())
			.param("node", NodeTasks.instanceOf(node))
			.update();
		return node;
	}

	private void wake(NodeId node, Urgency urgency) {
		this.transaction.executeWithoutResult((status) -> this.wakeUps.wake(Set.of(node), Run.Trigger.CHANGE, urgency));
	}

	private void settleAsFailed(NodeId node) {
		this.jdbc.sql("update scheduled_tasks set picked = :picked").param("picked", true).update();
		NodeTasks.Picked task = this.jdbc.sql("select version from scheduled_tasks")
			.query((row, number) -> new NodeTasks.Picked(node, row.getLong("version"), null, null, 0))
			.single();
		this.recorder.record(new EndedRun(task, new BrokenRuns.Begun(node, Instant.now(), Instant.now()), null,
				new RunResult(RunResult.Ending.BROKEN_OFF, null), 1));
	}

	private int priority() {
		return this.jdbc.sql("select priority from scheduled_tasks").query(Integer.class).single();
	}

	private Instant dueAt() {
		return this.jdbc.sql("select execution_time from scheduled_tasks")
			.query((row, number) -> JdbcColumns.requiredInstant(row, "execution_time"))
			.single();
	}

}
