package io.latchkey.core;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.latchkey.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class GroupedWorkTests {

	private static final Duration LONG = Patience.of(Duration.ofSeconds(30));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();

	private final CountDownLatch goOn = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.goOn.countDown();
		this.threads.shutdownNow();
	}

	@Test
	void whoLeadsDoesTheWorkOfAllThatWaitUpToALimit() throws Exception {
		GroupedWork<Integer, String> work = GroupedWork.of(3, LONG, this::heldUp, String::valueOf);
		List<Future<String>> results = joinAll(work, 6);
		this.goOn.countDown();
		for (int part = 0; part < 6; part++) {
			assertThat(get(results.get(part))).isEqualTo("done " + part);
		}
		assertThat(this.groups).extracting(List::size).containsExactly(1, 3, 2);
	}

	@Test
	void oneThatFailsCostsTheOthersNothing() throws Exception {
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, failingWith(3), alone(3));
		List<Future<String>> results = joinAll(work, 5);
		this.goOn.countDown();
		assertThat(get(results.get(1))).isEqualTo("alone 1");
		assertThat(get(results.get(4))).isEqualTo("alone 4");
		assertThatIllegalStateException().isThrownBy(() -> get(results.get(3))).withMessage("part 3");
	}

	/** As by a deadlock; also of one that came with no others. */
	@Test
	void whatOthersKeptFromBeingDoneIsDoneAgain() {
		AtomicInteger failures = new AtomicInteger();
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, (parts) -> {
			throw new CannotAcquireLockException("deadlock");
		}, (part) -> {
			if (failures.incrementAndGet() < 3) {
				throw new CannotAcquireLockException("deadlock");
			}
			return "alone " + part;
		});
		assertThat(work.join(7)).isEqualTo("alone 7");
	}

	@Test
	void aDatabaseThatIsAwayIsAskedForNobodyAlone() throws Exception {
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, (parts) -> {
			heldUp(parts);
			throw new DataAccessResourceFailureException("away", new SQLTransientConnectionException("none"));
		}, (part) -> {
			throw new AssertionError("Was asked for alone");
		});
		List<Future<String>> results = joinAll(work, 3);
		this.goOn.countDown();
		results.forEach((result) -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> get(result)));
	}

	/** Each would wait for it once more, and the others for each. */
	@Test
	void aDatabaseThatGoesAwayMeanwhileIsAskedForNoFurtherOneAlone() throws Exception {
		List<Integer> asked = new CopyOnWriteArrayList<>();
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, failingWith(3), (part) -> {
			asked.add(part);
			if (part == 2) {
				throw new DataAccessResourceFailureException("away", new SQLTransientConnectionException("none"));
			}
			return "alone " + part;
		});
		List<Future<String>> results = joinAll(work, 6);
		this.goOn.countDown();
		assertThat(get(results.get(1))).isEqualTo("alone 1");
		results.subList(2, 6)
			.forEach((result) -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
				.isThrownBy(() -> get(result)));
		assertThat(asked).containsExactly(1, 2);
	}

	@Test
	void givesUpWhenItsTurnDoesNotCome() throws Exception {
		GroupedWork<Integer, String> work = GroupedWork.of(10, Duration.ofMillis(50), this::heldUp, String::valueOf);
		Future<String> first = this.threads.submit(() -> work.join(0));
		await().until(() -> this.groups.size() == 1);
		assertThatIllegalStateException().isThrownBy(() -> work.join(1)).withMessageContaining("Waited");
		this.goOn.countDown();
		assertThat(get(first)).isEqualTo("done 0");
		assertThat(work.join(2)).isEqualTo("done 2");
		assertThat(this.groups).containsExactly(List.of(0), List.of(2));
	}

	@Test
	void waitsAMomentForThoseThatAreComing() throws Exception {
		this.goOn.countDown();
		AtomicInteger toCome = new AtomicInteger(2);
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, this::heldUp, String::valueOf)
			.lingering(LONG, LONG, (here) -> toCome.get());
		List<Future<String>> results = new ArrayList<>();
		results.add(join(work, 0));
		results.add(join(work, 1));
		toCome.set(0);
		assertThat(work.join(2)).isEqualTo("done 2");
		for (Future<String> result : results) {
			get(result);
		}
		assertThat(this.groups).containsExactly(List.of(0, 1, 2));
	}

	/** Who shuts down interrupts one, and not all whose work that one does. */
	@Test
	void doesTheOthersWorkWithoutItsOwnInterruption() throws Exception {
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG,
				(parts) -> parts.stream().map((part) -> Thread.currentThread().isInterrupted() + " " + part).toList(),
				String::valueOf);
		String done = this.threads.submit(() -> {
			Thread.currentThread().interrupt();
			return work.join(0) + " " + Thread.currentThread().isInterrupted();
		}).get(LONG.toMillis(), TimeUnit.MILLISECONDS);
		assertThat(done).isEqualTo("false 0 true");
	}

	@Test
	void waitsNoLongerThanThat() {
		this.goOn.countDown();
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, this::heldUp, String::valueOf)
			.lingering(LONG, Duration.ofMillis(10), (here) -> 1);
		assertThat(work.join(7)).isEqualTo("done 7");
	}

	@Test
	void waitsForAFewNoLongerThanForEachOfThem() {
		this.goOn.countDown();
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, this::heldUp, String::valueOf)
			.lingering(Duration.ofMillis(10), LONG, (here) -> 1);
		assertThat(work.join(7)).isEqualTo("done 7");
	}

	@Test
	void whoComesAloneWaitsForNobody() {
		this.goOn.countDown();
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, this::heldUp, String::valueOf)
			.lingering(LONG, LONG, (here) -> 0);
		assertThat(work.join(7)).isEqualTo("done 7");
	}

	/** It does not come to where they wait, and so it is nobody else who wakes them. */
	@Test
	void goesOnWhenTheLastToComeDoesNotCome() throws Exception {
		this.goOn.countDown();
		AtomicInteger toCome = new AtomicInteger(1);
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, this::heldUp, String::valueOf)
			.lingering(LONG, LONG, (here) -> toCome.get());
		Future<String> waiting = join(work, 0);
		toCome.set(0);
		work.lookAgain();
		assertThat(get(waiting)).isEqualTo("done 0");
	}

	/**
	 * One that is in no hurry is done at once with one that comes and waits for nobody.
	 */
	@Test
	void goesOnAtOnceWhenOneComesThatWaitsForNobody() throws Exception {
		this.goOn.countDown();
		GroupedWork<Integer, String> work = GroupedWork.of(10, LONG, this::heldUp, String::valueOf)
			.lingering(LONG, LONG, (here) -> here.contains(7) ? 0 : 1);
		Future<String> waiting = join(work, 0);
		assertThat(work.join(7)).isEqualTo("done 7");
		assertThat(get(waiting)).isEqualTo("done 0");
		assertThat(this.groups).containsExactly(List.of(0, 7));
	}

	/** The first comes alone; those after it wait for it in their order. */
	private List<Future<String>> joinAll(GroupedWork<Integer, String> work, int parts) {
		List<Future<String>> results = new ArrayList<>();
		for (int part = 0; part < parts; part++) {
			results.add(join(work, part));
		}
		return results;
	}

	/** Returns when it waits. */
	private Future<String> join(GroupedWork<Integer, String> work, int part) {
		AtomicReference<Thread> joined = new AtomicReference<>();
		Future<String> result = this.threads.submit(() -> {
			joined.set(Thread.currentThread());
			return work.join(part);
		});
		await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> {
			Thread thread = joined.get();
			return thread != null
					&& EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState());
		});
		return result;
	}

	private List<String> heldUp(List<Integer> parts) {
		this.groups.add(parts);
		try {
			assertThat(this.goOn.await(LONG.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return parts.stream().map((part) -> "done " + part).toList();
	}

	private Function<List<Integer>, List<String>> failingWith(int bad) {
		return (parts) -> {
			List<String> done = heldUp(parts);
			if (parts.contains(bad)) {
				throw new IllegalStateException("a group with " + bad);
			}
			return done;
		};
	}

	private static Function<Integer, String> alone(int bad) {
		return (part) -> {
			if (part == bad) {
				throw new IllegalStateException("part " + part);
			}
			return "alone " + part;
		};
	}

	private static String get(Future<String> result) throws Exception {
		try {
			return result.get(LONG.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw ex;
		}
	}

}
