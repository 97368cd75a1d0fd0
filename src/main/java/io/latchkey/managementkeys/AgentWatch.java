package io.latchkey.managementkeys;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.Urgency;
import io.latchkey.nodestate.WakeUps;
import io.latchkey.ssh.ManagementKeyAgent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks whether the SSH agent that holds the management key serves, where there is one:
 * so that it is known before the next login needs it, and that the nodes which waited for
 * it are looked at as soon as it is back.
 */
@Component
public class AgentWatch implements SmartLifecycle {

	private static final Duration PAUSE = Duration.ofSeconds(10);

	private static final Logger log = LoggerFactory.getLogger(AgentWatch.class);

	private final ManagementKeyAgent agent;

	private final ManagementKeys keys;

	private final NodeStates states;

	private final WakeUps wakeUps;

	private final TransactionTemplate transaction;

	private @Nullable ScheduledExecutorService thread;

	private long answered;

	AgentWatch(ManagementKeyAgent agent, ManagementKeys keys, NodeStates states, WakeUps wakeUps,
			PlatformTransactionManager transactions) {
		this.agent = agent;
		this.keys = keys;
		this.states = states;
		this.wakeUps = wakeUps;
		this.transaction = new TransactionTemplate(transactions);
	}

	/** Whoever clears the trouble, the nodes are woken here, once for each time. */
	public synchronized void look() {
		this.keys.lookAtAgent();
		long troubles = this.agent.troubles();
		if (troubles > this.answered && this.agent.trouble().isEmpty()) {
			this.transaction.executeWithoutResult((status) -> this.wakeUps
				.wake(this.states.inState(NodeState.UNREACHABLE), Run.Trigger.RETRY, Urgency.CHECK));
			this.answered = troubles;
			log.info("The SSH agent serves again; nodes that could not be reached are looked at");
		}
	}

	@Override
	public synchronized void start() {
		if (this.agent.socket().isPresent() && this.thread == null) {
			this.thread = new ScheduledThreadPoolExecutor(1, (task) -> {
				Thread daemon = new Thread(task, "agent-watch");
				daemon.setDaemon(true);
				return daemon;
			});
			this.thread.scheduleWithFixedDelay(this::lookWhateverHappens, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.thread != null) {
			this.thread.shutdownNow();
			this.thread = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	/** A task that fails would not be run again. */
	private void lookWhateverHappens() {
		try {
			look();
		}
		catch (RuntimeException ex) {
			log.warn("Whether the SSH agent serves could not be looked at", ex);
		}
	}

}
