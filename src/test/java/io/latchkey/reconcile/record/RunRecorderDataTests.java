package io.latchkey.reconcile.record;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import io.latchkey.Patience;
import io.latchkey.Repetitions;
import io.latchkey.StatementCounter;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.internode.InterNodeStrategy;
import io.latchkey.inventory.Clusters;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.JdbcColumns;
import io.latchkey.nodestate.LineChanges;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.NodeTasks;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.converse.IntendedChange;
import io.latchkey.reconcile.converse.LineIntentions;
import io.latchkey.reconcile.converse.OtherAccounts;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.converse.Stopwatch;
import io.latchkey.reconcile.converse.Survey;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.reconcile.read.RunInputs;
import io.latchkey.reconcile.schedule.PickedTasks;
import io.latchkey.reconcile.schedule.Workers;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.PartOutcomes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Runs that end at about the same time are put on record together. */
@UnscheduledTest
class RunRecorderDataTests {

	private static final int HUNDRED = 100;

	private static final int FEW = 10;

	private static final int ROUNDS = 10;

	private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBERERERERERERERERERERERERERERERERERERERERER";

	private static final String FILE = "/home/deploy/.ssh/authorized_keys";

	private static final DesiredLine LINE = new DesiredLine(KEY,
			AuthorizedKeysFile.Line.of(KEY).key().map(PublicKey::fingerprint).orElseThrow(), "alice", new TreeSet<>(),
			null);

	private final ExecutorService threads = Executors.newFixedThreadPool(HUNDRED);

	@Autowired
	private Tables tables;

	@Autowired
	private StatementCounter statements;

	@Autowired
	private Nodes nodes;

	@Autowired
	private Clusters clusters;

	@Autowired
	private InterNodeKeys interNodeKeys;

	@Autowired
	private NodeTasks tasks;

	@Autowired
	private RunInputs inputs;

	@Autowired
	private LineIntentions intentions;

	@Autowired
	private RunRecorder recorder;

	@Autowired
	private BrokenRuns brokenRuns;

	@Autowired
	private NodeStates nodeStates;

	@Autowired
	private NodeStateRepository states;

	@Autowired
	private PlacedLineRepository placedLines;

	@Autowired
	private WakeUps wakeUps;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Workers workers;

	@Autowired
	private List<Task<?>> known;

	@AfterEach
	void clear() {
		this.threads.shutdownNow();
		this.tables.clear();
	}

	@Test
	void aHundredChecksTogetherCostThreeStatementsEachAtTheMost() throws Exception {
		runHundred(Run.Trigger.DRIFT_CHECK, new Costs(3 * HUNDRED, HUNDRED / 10), RunRecorderDataTests::unchanged);
		assertThat(nextRuns()).isEqualTo(HUNDRED);
	}

	@Test
	void aHundredChangesTogetherCostSixStatementsEachAtTheMost() throws Exception {
		List<Execution> due = runHundred(Run.Trigger.CHANGE, new Costs(6 * HUNDRED, HUNDRED / 10), (input) -> {
			List<PlacedLine> lines = List.of(PlacedLine.own("deploy", LINE, FILE));
			this.intentions.note(input.node().id(), "deploy", FILE,
					new IntendedChange(lines, lines, List.of(), List.of()));
			return changed(input);
		});
		NodeId first = NodeTasks.Picked.of(due.get(0)).node();
		assertThat(this.nodeStates.runs(first, Pageable.unpaged())).singleElement()
			.satisfies((run) -> assertThat(run.outcome()).isEqualTo(Run.Outcome.CHANGED));
		assertThat(this.placedLines.of(first)).singleElement().satisfies((line) -> assertThat(line.stood()).isTrue());
	}

	/** The check that a person asked for is told, and so is what a change came to. */
	@Test
	void aCheckThatFindsAllAsBeforeIsToldByItsTimeAlone() throws Exception {
		List<Execution> due = dueNodes(1, Run.Trigger.DRIFT_CHECK);
		NodeId node = NodeTasks.Picked.of(due.get(0)).node();
		runAll(due, RunRecorderDataTests::unchanged);
		assertThat(this.nodeStates.runs(node, Pageable.unpaged())).isEmpty();
		assertThat(this.states.find(node).orElseThrow().checks().last()).isEqualTo(Instant.EPOCH.plusSeconds(9));
		makeDue(Run.Trigger.MANUAL);
		runAll(due(), RunRecorderDataTests::unchanged);
		assertThat(this.nodeStates.runs(node, Pageable.unpaged())).extracting(Run::outcome)
			.containsExactly(Run.Outcome.UNCHANGED);
	}

	@Test
	void oneThatCannotBeStoredCostsTheOthersNothing() throws Exception {
		List<Execution> due = dueNodes(10, Run.Trigger.MANUAL);
		String bad = due.get(7).taskInstance.getId();
		List<Future<?>> ends = beginAll(due, (input) -> {
			RunOutcome outcome = unchanged(input);
			AccountOutcome account = AccountOutcome.failed("deploy", FILE, "no");
			return NodeTasks.instanceOf(input.node().id()).equals(bad) ? with(outcome, List.of(account, account))
					: outcome;
		});
		for (int index = 0; index < ends.size(); index++) {
			Future<?> end = ends.get(index);
			if (due.get(index).taskInstance.getId().equals(bad)) {
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get(end))
					.withCauseInstanceOf(IllegalStateException.class);
			}
			else {
				get(end);
			}
		}
		assertThat(this.jdbc.sql("select node_id from reconcile_run").query(Long.class).list()).hasSize(9)
			.doesNotContain(Long.valueOf(bad));
	}

	/** As after a commit of which only the answer was lost. */
	@Test
	void whatIsOnRecordIsNotRecordedAgain() throws Exception {
		List<Execution> due = dueNodes(1, Run.Trigger.MANUAL);
		NodeTasks.Picked picked = NodeTasks.Picked.of(this.tasks.pick(due, "this").get(0).orElseThrow());
		RunInput input = this.inputs.read(picked.node()).orElseThrow();
		EndedRun run = ended(picked, input, unchanged(input));
		assertThat(this.recorder.isOpen(run)).isTrue();
		this.recorder.record(run);
		assertThat(this.recorder.isOpen(run)).isFalse();
		assertThat(this.tasks.pick(due, "another").get(0)).isEmpty();
	}

	/** As by another instance, where this one was not heard of for long. */
	@Test
	void whatComesAfterItsTaskWasTakenUpAnewIsNotRecorded() throws Exception {
		List<Execution> due = dueNodes(2, Run.Trigger.MANUAL);
		NodeTasks.Picked taken = NodeTasks.Picked.of(due.get(0));
		runAll(due, (input) -> {
			if (input.node().id().equals(taken.node())) {
				this.jdbc.sql("update scheduled_tasks set version = version + 1 where task_instance = :node")
					.param("node", NodeTasks.instanceOf(taken.node()))
					.update();
			}
			return unchanged(input);
		});
		assertThat(this.nodeStates.runs(taken.node(), Pageable.unpaged())).isEmpty();
		assertThat(this.states.find(taken.node()).orElseThrow().checks().last()).isNull();
		assertThat(this.nodeStates.runs(NodeTasks.Picked.of(due.get(1)).node(), Pageable.unpaged())).hasSize(1);
	}

	@Test
	void whatBrokeOffAfterItsTaskWasTakenUpAnewIsNotRecorded() {
		List<Execution> due = dueNodes(2, Run.Trigger.MANUAL);
		List<NodeTasks.Picked> picked = this.tasks.pick(due, "this")
			.stream()
			.map((execution) -> NodeTasks.Picked.of(execution.orElseThrow()))
			.toList();
		NodeId taken = picked.get(0).node();
		this.jdbc.sql("update scheduled_tasks set version = version + 1 where task_instance = :node")
			.param("node", NodeTasks.instanceOf(taken))
			.update();
		for (NodeTasks.Picked task : picked) {
			this.brokenRuns.store(task, new BrokenRuns.Begun(task.node(), Instant.EPOCH, Instant.now()), null,
					new IllegalStateException("broken"));
		}
		assertThat(this.nodeStates.runs(taken, Pageable.unpaged())).isEmpty();
		assertThat(this.states.find(taken).orElseThrow())
			.satisfies((row) -> assertThat(row.state()).isEqualTo(NodeState.IN_SYNC))
			.satisfies((row) -> assertThat(row.demand().failures()).isZero());
		NodeId own = picked.get(1).node();
		assertThat(this.nodeStates.runs(own, Pageable.unpaged())).extracting(Run::outcome)
			.containsExactly(Run.Outcome.FAILED);
		assertThat(this.states.find(own).orElseThrow().state()).isEqualTo(NodeState.FAILED);
	}

	/** As of two instances, each with the order of its own workers. */
	@Test
	void whoPicksInAnotherOrderKeepsNobodyFromPicking() throws Exception {
		dueNodes(HUNDRED, Run.Trigger.CHANGE);
		for (int round = 0; round < 5; round++) {
			List<Execution> due = due();
			List<Execution> backwards = new ArrayList<>(due);
			Collections.reverse(backwards);
			Set<NodeId> changed = due.stream()
				.map((each) -> NodeTasks.Picked.of(each).node())
				.collect(Collectors.toSet());
			Future<List<Optional<Execution>>> one = this.threads.submit(() -> this.tasks.pick(due, "one"));
			Future<List<Optional<Execution>>> another = this.threads
				.submit(() -> this.tasks.pick(backwards, "another"));
			Future<?> change = this.threads.submit(() -> this.transaction
				.executeWithoutResult((status) -> this.wakeUps.wake(changed, Run.Trigger.CHANGE, Urgency.REMOVAL)));
			get(one);
			get(another);
			get(change);
			for (int index = 0; index < HUNDRED; index++) {
				Optional<Execution> picked = one.get().get(index).or(mirrored(another.get(), index));
				assertThat(picked.orElseThrow().taskInstance).isEqualTo(due.get(index).taskInstance);
			}
			this.tasks.freeAllPicked();
			makeDue(Run.Trigger.CHANGE);
		}
	}

	/** The nodes know each other: one that goes wakes those that stay. */
	@Test
	@Tag("repeats")
	void nodesGoWhileTheirRunsArePutOnRecord() throws Exception {
		for (int round = 0; round < Repetitions.of(8, 200); round++) {
			List<Execution> due = dueNodes(FEW, Run.Trigger.CHANGE);
			this.clusters.create("cluster", null, names());
			this.interNodeKeys.set("cluster", InterNodeStrategy.NODE_PAIRS, "deploy");
			runAll(due, RunRecorderDataTests::changed);
			makeDue(Run.Trigger.CHANGE);
			CountDownLatch ended = new CountDownLatch(FEW);
			List<Future<?>> ends = beginAll(due(), (input) -> {
				this.intentions.note(input.node().id(), "deploy", FILE,
						new IntendedChange(List.of(), List.of(), List.of(), List.of()));
				ended.countDown();
				return changed(input);
			});
			names().stream().sorted(Comparator.reverseOrder()).map((name) -> this.threads.submit(() -> {
				ended.await();
				this.nodes.delete(name);
				return null;
			})).forEach(ends::add);
			for (Future<?> end : ends) {
				get(end);
			}
			assertThat(this.nodes.count()).isZero();
			assertThat(this.jdbc.sql("select count(*) from placed_line").query(Long.class).single()).isZero();
			this.tables.clear();
		}
	}

	/** As by a change that reaches them one after another. */
	@Test
	@Tag("repeats")
	void whoWakesNodesOneByOneWaitsForNoneThatWaitsForIt() throws Exception {
		List<Execution> due = dueNodes(FEW, Run.Trigger.CHANGE);
		List<NodeId> backwards = due.stream()
			.map((each) -> NodeTasks.Picked.of(each).node())
			.sorted(Comparator.comparingLong(NodeId::value).reversed())
			.toList();
		for (int round = 0; round < Repetitions.of(8, 200); round++) {
			CountDownLatch ended = new CountDownLatch(FEW);
			List<Future<?>> ends = beginAll(due(), (input) -> {
				ended.countDown();
				return changed(input);
			});
			Future<?> change = this.threads.submit(() -> {
				ended.await();
				this.transaction.executeWithoutResult((status) -> backwards
					.forEach((node) -> this.wakeUps.wake(Set.of(node), Run.Trigger.CHANGE, Urgency.REMOVAL)));
				return null;
			});
			get(change);
			for (Future<?> end : ends) {
				get(end);
			}
			makeDue(Run.Trigger.CHANGE);
		}
		assertThat(this.states.findAll(backwards)).allSatisfy((row) -> assertThat(row.demand().failures()).isZero());
	}

	private static List<String> names() {
		return IntStream.range(0, FEW).mapToObj((number) -> "node" + number).toList();
	}

	private static Supplier<Optional<Execution>> mirrored(List<Optional<Execution>> picked, int index) {
		return () -> picked.get(HUNDRED - 1 - index);
	}

	@Test
	void aChangeThatComesDuringARunIsFollowedByAnother() throws Exception {
		List<Execution> due = dueNodes(2, Run.Trigger.CHANGE);
		NodeId changed = NodeTasks.Picked.of(due.get(0)).node();
		runAll(due, (input) -> {
			if (input.node().id().equals(changed)) {
				this.transaction.executeWithoutResult(
						(status) -> this.wakeUps.wake(Set.of(changed), Run.Trigger.CHANGE, Urgency.REMOVAL));
			}
			return unchanged(input);
		});
		assertThat(due()).extracting((next) -> NodeTasks.Picked.of(next).node()).containsExactly(changed);
		assertThat(this.states.find(changed).orElseThrow().demand().trigger()).isEqualTo(Run.Trigger.CHANGE);
	}

	/**
	 * On a busy machine those that begin together may come apart; then it is tried again.
	 */
	private List<Execution> runHundred(Run.Trigger trigger, Costs most, Talk run) throws Exception {
		List<Execution> due = List.of();
		Costs seen = most;
		for (int round = 0; round == 0 || (round < ROUNDS && seen.isMoreThan(most)); round++) {
			this.tables.clear();
			due = dueNodes(HUNDRED, trigger);
			this.statements.take();
			this.statements.takeCommits();
			runAll(due, run);
			seen = new Costs(this.statements.take(), this.statements.takeCommits());
		}
		assertThat(seen.statements()).isLessThanOrEqualTo(most.statements());
		assertThat(seen.commits()).isLessThanOrEqualTo(most.commits());
		return due;
	}

	private record Costs(long statements, long commits) {

		boolean isMoreThan(Costs other) {
			return this.statements > other.statements || this.commits > other.commits;
		}

	}

	private List<Execution> dueNodes(int count, Run.Trigger trigger) {
		for (int number = 0; number < count; number++) {
			Node node = this.nodes.create(new NodeDraft("node" + number, "node.example", 22, "root", Privilege.ROOT,
					Mode.ADDITIVE, Map.of()));
			this.nodes.markEnrolled(node.id());
			this.jdbc.sql("""
					insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
					values (:task, :node, :due, :free, 1, 0)""")
				.param("task", NodeTasks.NAME)
				.param("node", NodeTasks.instanceOf(node.id()))
				.param("due", JdbcColumns.at(Instant.EPOCH))
				.param("free", false)
				.update();
		}
		this.jdbc.sql("update node_state set state = 'IN_SYNC'").update();
		makeDue(trigger);
		return due();
	}

	private void makeDue(Run.Trigger trigger) {
		this.jdbc.sql("update node_state set run_trigger = :trigger").param("trigger", trigger.name()).update();
		this.jdbc.sql("update scheduled_tasks set execution_time = :due")
			.param("due", JdbcColumns.at(Instant.EPOCH))
			.update();
	}

	private List<Execution> due() {
		return picked().getDue(Instant.now().plusSeconds(1), HUNDRED);
	}

	private PickedTasks picked() {
		SystemClock clock = new SystemClock();
		return new PickedTasks(this.dataSource, this.tasks,
				new TaskResolver(new SchedulerListeners(List.of()), clock, this.known), new SchedulerName.Fixed("this"),
				clock, true);
	}

	/** How many tasks are free, and due another time. */
	private long nextRuns() {
		return this.jdbc
			.sql("select count(*) from scheduled_tasks where picked = :free and version = 3 and execution_time > :now")
			.param("free", false)
			.param("now", JdbcColumns.at(Instant.now()))
			.query(Long.class)
			.single();
	}

	private void runAll(List<Execution> due, Talk run) throws Exception {
		for (Future<?> end : beginAll(due, run)) {
			get(end);
		}
	}

	/** Each in a thread of its own, and each step of all at about the same time. */
	private List<Future<?>> beginAll(List<Execution> due, Talk run) {
		PickedTasks tasks = picked();
		tasks.getDue(Instant.now(), HUNDRED);
		CountDownLatch begin = new CountDownLatch(due.size());
		List<Future<?>> ends = new ArrayList<>();
		for (Execution execution : due) {
			ends.add(this.threads.submit(() -> {
				begin.countDown();
				begin.await();
				NodeTasks.Picked task = NodeTasks.Picked.of(tasks.pick(execution, Instant.now()).orElseThrow());
				EndedRun ended;
				try (Workers.Turn turn = this.workers.begin(task.node(), Instant.now()).orElseThrow()) {
					this.tasks.noteBegin();
					RunInput input = this.inputs.read(task.node()).orElseThrow();
					ended = ended(task, input, run.over(input));
					turn.stopWaiting();
				}
				this.recorder.record(ended);
				return null;
			}));
		}
		return ends;
	}

	private static void get(Future<?> end) throws Exception {
		end.get(Patience.of(Duration.ofSeconds(60)).toMillis(), TimeUnit.MILLISECONDS);
	}

	private static EndedRun ended(NodeTasks.Picked task, RunInput input, RunOutcome outcome) {
		return new EndedRun(task, new BrokenRuns.Begun(task.node(), Instant.EPOCH, Instant.EPOCH),
				new EndedRun.Found(input, outcome), new RunResult(RunResult.Ending.DONE, null));
	}

	private static RunOutcome unchanged(RunInput input) {
		NodeFacts facts = new NodeFacts(0, Instant.EPOCH, ZoneOffset.UTC, Duration.ZERO, "OpenSSH_9.2p1");
		return new RunOutcome(
				Run.Timing.between(Instant.EPOCH, Instant.EPOCH.plusSeconds(9), new Stopwatch(Duration.ZERO, () -> {
				}).times()),
				new Survey(facts, "digest", true, Map.of(), List.of(), input.node().hostKeys(), null, null),
				new DesiredState(new TreeMap<>(), List.of(), null), List.of(), PartOutcomes.NONE, List.of(), null,
				new RunOutcome.Hold(false, null), OtherAccounts.NOT_ASKED);
	}

	/** A line was put into the account's file. */
	private static RunOutcome changed(RunInput input) {
		AccountState state = new AccountState("deploy", FILE, NodeState.IN_SYNC, null,
				List.of(new AccountState.Entry(LINE.fingerprint(), KEY, KEY, "alice", List.of(), "",
						AccountState.Origin.LATCHKEY, AccountState.Status.IN_PLACE)));
		Set<Fingerprint> keys = Set.of(LINE.fingerprint());
		RunOutcome outcome = with(unchanged(input), List
			.of(new AccountOutcome(state, new AccountOutcome.Content(Set.of(KEY), keys, List.of(), FILE, List.of()),
					new AccountOutcome.Comparison("hash", "hash", false), new LineChanges(List.of(KEY), List.of()))));
		return new RunOutcome(
				Run.Timing.between(outcome.timing().startedAt(), outcome.timing().endedAt(), outcome.timing().parts()),
				outcome.survey(), new DesiredState(new TreeMap<>(Map.of("deploy", List.of(LINE))), List.of(), null),
				outcome.accounts(), outcome.parts(), outcome.findings(), null, new RunOutcome.Hold(false, null),
				outcome.others());
	}

	private static RunOutcome with(RunOutcome outcome, List<AccountOutcome> accounts) {
		return new RunOutcome(
				Run.Timing.between(outcome.timing().startedAt(), outcome.timing().endedAt(), outcome.timing().parts()),
				outcome.survey(), outcome.desired(), accounts, outcome.parts(), outcome.findings(), null,
				new RunOutcome.Hold(false, null), outcome.others());
	}

	/** What a run comes to. */
	@FunctionalInterface
	private interface Talk {

		RunOutcome over(RunInput input);

	}

}
