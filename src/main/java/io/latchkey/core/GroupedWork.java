package io.latchkey.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Work that is cheaper done for many at once: of the threads that come with a part of it,
 * one does it for all that wait, and each gets its own result or its own failure.
 * <p>
 * What fails for several together is done for each alone, so that one bad part costs the
 * others nothing; but where the database is away each would only wait for it again, and
 * all are told so. Who waits gives up when its time is over, unless its part is being
 * done: that ends within the deadlines of the work itself.
 *
 * @param <T> a part of the work
 * @param <R> what it comes to
 */
public final class GroupedWork<T, R> {

	private final ReentrantLock lock = new ReentrantLock();

	/** Is told when another has come, for whom the one that leads may wait. */
	private final Condition arrival = this.lock.newCondition();

	private final Deque<Member<T, R>> queue = new ArrayDeque<>();

	private final int most;

	private final Duration patience;

	private final Function<List<T>, List<R>> together;

	private final Function<T, R> alone;

	private final Duration linger;

	private final BooleanSupplier moreAreComing;

	private boolean led;

	private GroupedWork(int most, Duration patience, Function<List<T>, List<R>> together, Function<T, R> alone,
			Duration linger, BooleanSupplier moreAreComing) {
		this.most = most;
		this.patience = patience;
		this.together = together;
		this.alone = alone;
		this.linger = linger;
		this.moreAreComing = moreAreComing;
	}

	/**
	 * @param most how many parts are done at once
	 * @param patience how long a part waits until it is begun
	 * @param together does all of the parts or none, and tells a result for each in their
	 * order
	 * @param alone does a part again that could not be done together with others
	 */
	public static <T, R> GroupedWork<T, R> of(int most, Duration patience, Function<List<T>, List<R>> together,
			Function<T, R> alone) {
		return new GroupedWork<>(most, patience, together, alone, Duration.ZERO, () -> false);
	}

	/**
	 * The same, where who leads waits a moment for others.
	 * @param atMost for how long
	 * @param moreAreComing whether there are any to wait for
	 */
	public GroupedWork<T, R> lingering(Duration atMost, BooleanSupplier moreAreComing) {
		return new GroupedWork<>(this.most, this.patience, this.together, this.alone, atMost, moreAreComing);
	}

	/**
	 * Does the part, or has it done.
	 * @throws IllegalStateException when its turn does not come in time
	 */
	public R join(T part) {
		Member<T, R> member = new Member<>(part, this.lock.newCondition());
		this.lock.lock();
		try {
			this.queue.add(member);
			this.arrival.signal();
			long deadline = System.nanoTime() + this.patience.toNanos();
			boolean interrupted = false;
			while (!member.done) {
				if (!this.led && !member.taken) {
					lead();
				}
				else {
					interrupted |= await(member, deadline);
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
		return member.result();
	}

	/** Returns whether it was interrupted while its part was being done. */
	private boolean await(Member<T, R> member, long deadline) {
		try {
			long nanos = deadline - System.nanoTime();
			if (member.taken) {
				member.changed.await();
			}
			else if (nanos <= 0) {
				this.queue.remove(member);
				throw new IllegalStateException(
						"Waited %d s for others to be done".formatted(this.patience.toSeconds()));
			}
			else {
				member.changed.awaitNanos(nanos);
			}
			return false;
		}
		catch (InterruptedException ex) {
			if (member.taken) {
				return true;
			}
			this.queue.remove(member);
			if (!this.led) {
				// it may have been told to lead, and heard of this first
				callNext();
			}
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for others to be done", ex);
		}
	}

	private void lead() {
		this.led = true;
		List<Member<T, R>> some = new ArrayList<>();
		try {
			linger();
			while (some.size() < this.most && !this.queue.isEmpty()) {
				Member<T, R> next = this.queue.remove();
				next.taken = true;
				some.add(next);
			}
			this.lock.unlock();
			// it does the others' work as well, which nobody has interrupted
			boolean interrupted = Thread.interrupted();
			try {
				doTogether(some);
			}
			finally {
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
				this.lock.lock();
			}
		}
		finally {
			some.forEach(Member::end);
			this.led = false;
			callNext();
		}
	}

	private void callNext() {
		if (!this.queue.isEmpty()) {
			this.queue.element().changed.signal();
		}
	}

	private void linger() {
		long deadline = System.nanoTime() + this.linger.toNanos();
		try {
			long nanos = this.linger.toNanos();
			while (nanos > 0 && this.queue.size() < this.most && this.moreAreComing.getAsBoolean()) {
				this.arrival.awaitNanos(nanos);
				nanos = deadline - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void doTogether(List<Member<T, R>> some) {
		try {
			List<R> results = this.together.apply(some.stream().map((member) -> member.part).toList());
			for (int index = 0; index < some.size(); index++) {
				some.get(index).result = results.get(index);
			}
		}
		catch (RuntimeException | Error ex) {
			if (some.size() == 1 || DatabaseOutage.isBehind(ex)) {
				some.forEach((member) -> member.failure = ex);
			}
			else {
				doEachAlone(some);
			}
		}
	}

	private void doEachAlone(List<Member<T, R>> some) {
		Throwable outage = null;
		for (Member<T, R> member : some) {
			if (outage != null) {
				member.failure = outage;
			}
			else {
				doAlone(member);
				outage = (member.failure != null && DatabaseOutage.isBehind(member.failure)) ? member.failure : null;
			}
		}
	}

	private void doAlone(Member<T, R> member) {
		try {
			member.result = this.alone.apply(member.part);
		}
		catch (RuntimeException | Error ex) {
			member.failure = ex;
		}
	}

	/** A part, the thread that came with it, and what became of it. */
	private static final class Member<T, R> {

		private final T part;

		private final Condition changed;

		private boolean taken;

		private boolean done;

		private @Nullable R result;

		private @Nullable Throwable failure;

		Member(T part, Condition changed) {
			this.part = part;
			this.changed = changed;
		}

		void end() {
			this.done = true;
			this.changed.signal();
		}

		R result() {
			if (this.failure instanceof Error error) {
				throw error;
			}
			if (this.failure instanceof RuntimeException exception) {
				throw exception;
			}
			if (this.result == null) {
				throw new IllegalStateException("The work came to nothing");
			}
			return this.result;
		}

	}

}
