package io.latchkey.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Work that is cheaper done for many at once: of the threads that come with a part of it,
 * one does it for all that wait, and each gets its own result or its own failure.
 * <p>
 * What fails for several together is done for each alone, so that one bad part costs the
 * others nothing, and what others' locks kept from being done is done once more; but
 * where the database is away each would only wait for it again, and all are told so. Who
 * waits gives up when its time is over, unless its part is being done: that ends within
 * the deadlines of the work itself.
 *
 * @param <T> a part of the work
 * @param <R> what it comes to
 */
public final class GroupedWork<T, R> {

	private final ReentrantLock lock = new ReentrantLock();

	/** Is told when another has come, for whom the one that leads may wait. */
	private final Condition arrival = this.lock.newCondition();

	private final Deque<GroupMember<T, R>> queue = new ArrayDeque<>();

	private final int most;

	private final Duration patience;

	private final TogetherOrAlone<T, R> work;

	private final Linger<T> linger;

	private boolean led;

	private GroupedWork(int most, Duration patience, TogetherOrAlone<T, R> work, Linger<T> linger) {
		this.most = most;
		this.patience = patience;
		this.work = work;
		this.linger = linger;
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
		return new GroupedWork<>(most, patience, new TogetherOrAlone<>(together, alone),
				new Linger<>(Duration.ZERO, Duration.ZERO, (parts) -> 0));
	}

	/**
	 * The same, where who leads waits a moment for others: no longer for one of them than
	 * its work is worth being done along with the rest, and not at all when nobody comes.
	 * @param forEach how long for each of those to come
	 * @param atMost how long for all of them
	 * @param toCome how many others are to be waited for by those that have come
	 */
	public GroupedWork<T, R> lingering(Duration forEach, Duration atMost, ToIntFunction<List<T>> toCome) {
		return new GroupedWork<>(this.most, this.patience, this.work, new Linger<>(forEach, atMost, toCome));
	}

	/** There may be fewer to come: who waits for them looks again. */
	public void lookAgain() {
		this.lock.lock();
		try {
			this.arrival.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Does the part, or has it done.
	 * @throws IllegalStateException when its turn does not come in time
	 */
	public R join(T part) {
		GroupMember<T, R> member = new GroupMember<>(part, this.lock.newCondition());
		this.lock.lock();
		try {
			this.queue.add(member);
			this.arrival.signal();
			long deadline = System.nanoTime() + this.patience.toNanos();
			boolean interrupted = false;
			while (!member.isDone()) {
				if (!this.led && !member.isTaken()) {
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
	private boolean await(GroupMember<T, R> member, long deadline) {
		try {
			long nanos = deadline - System.nanoTime();
			if (member.isTaken()) {
				member.changed().await();
			}
			else if (nanos <= 0) {
				this.queue.remove(member);
				throw new IllegalStateException(
						"Waited %d s for others to be done".formatted(this.patience.toSeconds()));
			}
			else {
				member.changed().awaitNanos(nanos);
			}
			return false;
		}
		catch (InterruptedException ex) {
			if (member.isTaken()) {
				return true;
			}
			throw giveUp(member, ex);
		}
	}

	private IllegalStateException giveUp(GroupMember<T, R> member, InterruptedException cause) {
		this.queue.remove(member);
		if (!this.led) {
			// it may have been told to lead, and heard of this first
			callNext();
		}
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted while waiting for others to be done", cause);
	}

	private void lead() {
		this.led = true;
		List<GroupMember<T, R>> some = new ArrayList<>();
		try {
			linger();
			while (some.size() < this.most && !this.queue.isEmpty()) {
				GroupMember<T, R> next = this.queue.remove();
				next.take();
				some.add(next);
			}
			doUnlocked(some);
		}
		finally {
			some.forEach(GroupMember::end);
			this.led = false;
			callNext();
		}
	}

	/** It does the others' work as well, which nobody has interrupted. */
	private void doUnlocked(List<GroupMember<T, R>> some) {
		this.lock.unlock();
		boolean interrupted = Thread.interrupted();
		try {
			this.work.doAll(some);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			this.lock.lock();
		}
	}

	private void callNext() {
		if (!this.queue.isEmpty()) {
			this.queue.element().changed().signal();
		}
	}

	private void linger() {
		long start = System.nanoTime();
		try {
			long nanos = lingerFor();
			while (nanos > 0) {
				this.arrival.awaitNanos(nanos);
				nanos = lingerFor() - (System.nanoTime() - start);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** In nanoseconds, from the start. */
	private long lingerFor() {
		return (this.queue.size() < this.most)
				? this.linger.nanos(this.queue.stream().map((member) -> member.part()).toList()) : 0;
	}

	/** For whom it is worth waiting, and how long. */
	private record Linger<T>(Duration forEach, Duration atMost, ToIntFunction<List<T>> toCome) {

		long nanos(List<T> here) {
			return Math.min(this.atMost.toNanos(), this.forEach.toNanos() * this.toCome.applyAsInt(here));
		}

	}

}
