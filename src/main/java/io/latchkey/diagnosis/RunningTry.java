package io.latchkey.diagnosis;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.sshd.DebugSshd;
import io.latchkey.inventory.Node;
import io.latchkey.ssh.NodeException;

/**
 * The try on one node: a thread of its own takes what sshd says, once a second, until the
 * try has ended. The node ends it by itself where this thread, or Latchkey, is gone.
 */
final class RunningTry implements Runnable {

	static final int MOST_LINES = 2_000;

	private static final int PAUSE_MILLIS = 700;

	/** How long the node may take longer than it was told. */
	private static final Duration GRACE = Duration.ofSeconds(10);

	private final NodeConversation conversation;

	private final Node node;

	private final int port;

	private final Clock clock;

	private final Instant startedAt;

	private final Instant endsAt;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Deque<String> lines = new ArrayDeque<>();

	private boolean running = true;

	private int left;

	RunningTry(NodeConversation conversation, Node node, int port, Duration length, Clock clock) {
		this.conversation = conversation;
		this.node = node;
		this.port = port;
		this.clock = clock;
		this.startedAt = clock.instant();
		this.endsAt = this.startedAt.plus(length);
	}

	@Override
	public void run() {
		try (this.conversation) {
			follow();
			this.conversation.ask(new DebugSshd.Stop());
		}
		catch (NodeException ex) {
			add(List.of("Latchkey: " + ex.getMessage()));
		}
		finally {
			end();
		}
	}

	private void follow() {
		int next = 0;
		boolean ended = false;
		while (!ended && this.clock.instant().isBefore(this.endsAt.plus(GRACE))) {
			boolean stop = isToldToStop();
			DebugSshd.Said said = this.conversation.ask(new DebugSshd.Read(next));
			next = said.next();
			add(said.lines());
			ended = stop || (said.ended() && said.lines().isEmpty());
		}
	}

	private boolean isToldToStop() {
		try {
			return this.stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	void stop() {
		this.stopped.countDown();
	}

	synchronized boolean isRunning() {
		return this.running;
	}

	private synchronized void end() {
		this.running = false;
	}

	private synchronized void add(List<String> more) {
		this.lines.addAll(more);
		while (this.lines.size() > MOST_LINES) {
			this.lines.removeFirst();
			this.left++;
		}
	}

	synchronized DebugTry told() {
		return new DebugTry(this.node.name(), this.node.route().address(), this.node.route().jumps(), this.port,
				this.startedAt, this.endsAt, this.running, List.copyOf(this.lines), this.left);
	}

}
