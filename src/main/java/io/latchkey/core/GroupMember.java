package io.latchkey.core;

import java.util.concurrent.locks.Condition;

import org.jspecify.annotations.Nullable;

/**
 * A part of a {@link GroupedWork}, the thread that came with it, and what became of it.
 * All but what it comes to is touched only under the lock of the work.
 *
 * @param <T> the part
 * @param <R> what it comes to
 */
final class GroupMember<T, R> {

	private final T part;

	private final Condition changed;

	private boolean taken;

	private boolean done;

	private @Nullable R result;

	private @Nullable Throwable failure;

	/**
	 * @param changed is signalled when it is its thread's turn, or it is done
	 */
	GroupMember(T part, Condition changed) {
		this.part = part;
		this.changed = changed;
	}

	T part() {
		return this.part;
	}

	Condition changed() {
		return this.changed;
	}

	/** It is about to be done, and no more waiting for its turn. */
	void take() {
		this.taken = true;
	}

	boolean isTaken() {
		return this.taken;
	}

	boolean isDone() {
		return this.done;
	}

	void succeed(R result) {
		this.result = result;
	}

	void fail(Throwable failure) {
		this.failure = failure;
	}

	void end() {
		this.done = true;
		this.changed.signal();
	}

	/** What it came to, once it is done. */
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
