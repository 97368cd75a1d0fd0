package io.latchkey.core;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Does the parts of a {@link GroupedWork}: all together, and where that fails, each
 * alone. No lock is held meanwhile.
 *
 * @param <T> a part of the work
 * @param <R> what it comes to
 */
final class TogetherOrAlone<T, R> {

	private final Function<List<T>, List<R>> together;

	private final Function<T, R> alone;

	TogetherOrAlone(Function<List<T>, List<R>> together, Function<T, R> alone) {
		this.together = together;
		this.alone = alone;
	}

	/** What each comes to is told to it. */
	void doAll(List<GroupMember<T, R>> some) {
		try {
			List<R> results = this.together.apply(some.stream().map(GroupMember::part).toList());
			for (int index = 0; index < some.size(); index++) {
				some.get(index).succeed(results.get(index));
			}
		}
		catch (RuntimeException | Error ex) {
			if ((some.size() == 1 && !Contention.isBehind(ex)) || DatabaseOutage.isBehind(ex)) {
				some.forEach((member) -> member.fail(ex));
			}
			else {
				doEachAlone(some);
			}
		}
	}

	/** Where the database is away, nobody else waits for it again. */
	private void doEachAlone(List<GroupMember<T, R>> some) {
		Throwable outage = null;
		for (GroupMember<T, R> member : some) {
			if (outage != null) {
				member.fail(outage);
			}
			else {
				Throwable failure = doAlone(member);
				outage = (failure != null && DatabaseOutage.isBehind(failure)) ? failure : null;
			}
		}
	}

	private @Nullable Throwable doAlone(GroupMember<T, R> member) {
		try {
			member.succeed(Contention.retry(() -> this.alone.apply(member.part())));
			return null;
		}
		catch (RuntimeException | Error ex) {
			member.fail(ex);
			return ex;
		}
	}

}
