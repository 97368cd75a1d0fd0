package io.latchkey.nodestate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The nodes' tasks of the scheduler, one instance for each: nobody else knows how the
 * instances are called. A run that is under way keeps its task, whatever comes meanwhile.
 */
@Component
public class NodeTasks {

	/** The name of the task of which each node has an instance. */
	public static final String NAME = NodeTaskRepository.NAME;

	private static final int LONGEST_NAME = 50;

	/** In which rows are locked. */
	private static final Comparator<Execution> IN_ORDER = Comparator
		.comparing((Execution execution) -> execution.taskInstance.getTaskName())
		.thenComparing((execution) -> execution.taskInstance.getId());

	/** A run that was put off is tried again after that at the latest. */
	public static final Duration LONGEST_PUT_OFF = NodeTaskRepository.LONGEST_PUT_OFF;

	private final NodeTaskRepository rows;

	private final TransactionTemplate transaction;

	private final ObjectProvider<Scheduler> scheduler;

	private final Clock clock;

	private final AtomicInteger picked = new AtomicInteger();

	NodeTasks(NodeTaskRepository rows, TransactionTemplate transaction, ObjectProvider<Scheduler> scheduler,
			Clock clock) {
		this.rows = rows;
		this.transaction = transaction;
		this.scheduler = scheduler;
		this.clock = clock;
	}

	public static String instanceOf(NodeId node) {
		return String.format(Locale.ROOT, "%d", node.value());
	}

	public static NodeId nodeOf(String instance) {
		return new NodeId(Long.parseLong(instance));
	}

	/** Makes one that is due now, unless there is one. */
	void add(NodeId node) {
		this.scheduler.ifAvailable((scheduler) -> scheduler
			.scheduleIfNotExists(new TaskInstance<Void>(NAME, instanceOf(node)), this.clock.instant()));
	}

	/**
	 * They are due now, and as urgent as this. Where a run is under way, so is the one
	 * that follows it. In the order of their instances, as they are picked, so that the
	 * two never lock each other out.
	 */
	void bringForward(Collection<NodeId> nodes, Urgency urgency) {
		this.rows.bringForward(nodes.stream().map(NodeTasks::instanceOf).sorted().toList(), urgency,
				this.clock.instant());
	}

	/** A run that is under way ends by itself. */
	void removeIdle(NodeId node) {
		this.rows.removeIdle(instanceOf(node));
	}

	/**
	 * Picks those that nobody else has picked by now, of this task and any other.
	 * @return each as it is picked, in their order; nothing where somebody else was first
	 */
	public List<Optional<Execution>> pick(List<Execution> due, String by) {
		Instant now = now();
		String name = by.substring(0, Math.min(by.length(), LONGEST_NAME));
		List<Execution> inOrder = due.stream().sorted(IN_ORDER).toList();
		int[] updated = Objects
			.requireNonNull(this.transaction.execute((status) -> this.rows.pick(inOrder, name, now)));
		Set<Execution> picked = Collections.newSetFromMap(new IdentityHashMap<>());
		IntStream.range(0, inOrder.size())
			.filter((index) -> updated[index] == 1)
			.forEach((index) -> picked.add(inOrder.get(index)));
		this.picked.addAndGet((int) picked.stream().filter(NodeTasks::isOfNode).count());
		return due.stream()
			.map((execution) -> picked.contains(execution) ? Optional.of(picked(execution, name, now))
					: Optional.<Execution>empty())
			.toList();
	}

	private static boolean isOfNode(Execution execution) {
		return execution.taskInstance.getTaskName().equals(NAME);
	}

	/** A run of one that was picked begins. */
	public void noteBegin() {
		this.picked.decrementAndGet();
	}

	/** How many others were picked, and their runs are about to begin. */
	public int beginning() {
		return Math.max(0, this.picked.get());
	}

	private static Execution picked(Execution due, String by, Instant now) {
		return new Execution(due.executionTime, due.taskInstance, true, by, due.lastSuccess, due.lastFailure,
				due.consecutiveFailures, now, due.version + 1);
	}

	/** Whether it still is: what takes it up anew, and what ends it, makes it another. */
	public boolean isPicked(Picked task) {
		return this.rows.isPicked(instanceOf(task.node()), task.version());
	}

	/**
	 * Those of which that is so, and stays so until the transaction ends: nobody takes
	 * them up anew meanwhile.
	 */
	public Set<Picked> lockPicked(Collection<Picked> tasks) {
		Map<String, Long> versions = this.rows
			.lockPicked(tasks.stream().map((task) -> instanceOf(task.node())).sorted().toList());
		return tasks.stream()
			.filter((task) -> Objects.equals(versions.get(instanceOf(task.node())), task.version()))
			.collect(Collectors.toSet());
	}

	/** Ends a run: the next is due then. */
	public void end(StatementBatch batch, Picked task, Due next) {
		this.rows.end(batch, instanceOf(task.node()), task.version(),
				new NodeTaskRepository.Ended(now(), task.lastFailure(), 0), next);
	}

	/** The same of a run that broke off. */
	public void endBroken(StatementBatch batch, Picked task, Due next) {
		this.rows.end(batch, instanceOf(task.node()), task.version(),
				new NodeTaskRepository.Ended(task.lastSuccess(), now(), task.failures() + 1), next);
	}

	private Instant now() {
		return this.clock.instant();
	}

	/** Ends runs of nodes that are gone. */
	public void remove(StatementBatch batch, Picked task) {
		this.rows.remove(batch, instanceOf(task.node()), task.version());
	}

	/**
	 * A node's task that is being run.
	 *
	 * @param version of db-scheduler's own optimistic lock
	 * @param failures how many runs in a row broke off
	 */
	public record Picked(NodeId node, long version, @Nullable Instant lastSuccess, @Nullable Instant lastFailure,
			int failures) {

		public static Picked of(Execution execution) {
			return new Picked(nodeOf(execution.taskInstance.getId()), execution.version, execution.lastSuccess,
					execution.lastFailure, execution.consecutiveFailures);
		}

	}

	/**
	 * Frees whatever is picked, of this task and any other.
	 * @return how many were
	 */
	public int freeAllPicked() {
		return this.rows.freeAllPicked();
	}

	/** Has the scheduler look at once, and not at its next poll. */
	public void lookForDue() {
		this.scheduler.ifAvailable(Scheduler::triggerCheckForDueExecutions);
	}

	/** The same, once what is written now is there. */
	void lookForDueAfterCommit() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				lookForDue();
			}
		});
	}

}
