package io.latchkey.reconcile.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.latchkey.Patience;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.NodeRemoved;
import io.latchkey.nodestate.NodeTasks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two workers, and two stand-ins for those that wait.
 */
class WorkersTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final Duration ENOUGH = Patience.of(Duration.ofSeconds(20));

	private final AtomicInteger looks = new AtomicInteger();

	private final Workers workers = new Workers(2, 2, Duration.ofMillis(50), this.looks::incrementAndGet,
			Clock.fixed(NOW, ZoneOffset.UTC));

	private final CountDownLatch answers = new CountDownLatch(1);

	private final AtomicInteger atWork = new AtomicInteger();

	private final CountDownLatch done = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.answers.countDown();
		this.workers.executor().shutdownNow();
	}

	@Test
	void whoWaitsGetsAStandInSoThatOthersGoOn() throws InterruptedException {
		hang(1);
		hang(2);
		this.workers.executor().execute(this.done::countDown);
		assertThat(this.done.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(this.looks).hasPositiveValue();
	}

	@Test
	void thereAreNoMoreStandInsThanThat() throws InterruptedException {
		for (int node = 1; node <= 5; node++) {
			hang(node);
		}
		this.workers.executor().execute(this.done::countDown);
		await().atMost(ENOUGH).until(() -> this.looks.get() >= 4);
		assertThat(this.atWork).hasValue(4);
		assertThat(this.done.getCount()).isEqualTo(1);
		this.answers.countDown();
		assertThat(this.done.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void whoWaitedLastTimeIsPutOffWhenItsPlacesAreTaken() {
		waitOut(1);
		waitOut(2);
		Workers.Turn first = begin(1, NOW).orElseThrow();
		assertThat(begin(2, NOW)).as("half of the stand-ins").isEmpty();
		assertThat(begin(3, NOW)).as("who never waited").isPresent();
		assertThat(this.workers.nextTry()).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(NodeTasks.LONGEST_PUT_OFF));
		first.close();
		Instant later = NOW.plusSeconds(5);
		assertThat(begin(2, later).orElseThrow().due()).as("since it was due at first").isEqualTo(NOW);
	}

	@Test
	void whoAnswersAgainIsNoLongerSlow() {
		waitOut(1);
		waitOut(2);
		begin(1, NOW).orElseThrow().close();
		Workers.Turn second = begin(2, NOW).orElseThrow();
		assertThat(begin(1, NOW)).isPresent();
		second.close();
	}

	@Test
	void aNodeThatIsGoneIsForgotten() {
		waitOut(1);
		waitOut(2);
		Workers.Turn first = begin(1, NOW).orElseThrow();
		assertThat(begin(2, NOW)).isEmpty();
		this.workers.on(new NodeRemoved(new NodeId(2), "two", Set.of(), List.of()));
		assertThat(begin(2, NOW.plusSeconds(5)).orElseThrow().due()).isEqualTo(NOW.plusSeconds(5));
		first.close();
	}

	@Test
	void nothingKillsAWorker() throws InterruptedException {
		List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
		for (int i = 0; i < 3; i++) {
			this.workers.executor().execute(() -> {
				threads.add(Thread.currentThread());
				throw new StackOverflowError("as when there is no connection");
			});
		}
		await().atMost(ENOUGH).until(() -> threads.size() == 3);
		this.workers.executor().execute(this.done::countDown);
		assertThat(this.done.await(ENOUGH.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(threads).allSatisfy((thread) -> assertThat(thread.isAlive()).isTrue());
	}

	/** The worker of a node that has answered may wait for the database. */
	@Test
	void whoStopsWaitingForTheNodeIsNotSlow() throws InterruptedException {
		try (Workers.Turn turn = begin(1, NOW).orElseThrow()) {
			turn.goOn();
			turn.stopWaiting();
			waitOut(2);
		}
		waitOut(3);
		Workers.Turn slow = begin(2, NOW).orElseThrow();
		assertThat(begin(3, NOW)).isEmpty();
		assertThat(begin(1, NOW)).as("never waited").isPresent();
		slow.close();
	}

	private Optional<Workers.Turn> begin(long node, Instant due) {
		return this.workers.begin(new NodeId(node), due);
	}

	private void waitOut(long node) {
		int before = this.looks.get();
		try (Workers.Turn turn = begin(node, NOW).orElseThrow()) {
			turn.goOn();
			assertThat(turn.due()).isEqualTo(NOW);
			await().atMost(ENOUGH).until(() -> this.looks.get() > before);
		}
	}

	private void hang(long node) {
		this.workers.executor().execute(() -> {
			try (Workers.Turn turn = begin(node, NOW).orElseThrow()) {
				turn.goOn();
				this.atWork.incrementAndGet();
				this.answers.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

}
