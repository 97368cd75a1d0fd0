package io.latchkey.core;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a collection that is short enough to be named in one statement: a database
 * takes so many parameters and no more (H2 100,000, PostgreSQL 65,535), and a collection
 * may be as long as anybody made it. Each value is in one part only.
 */
public final class Chunk<T> extends AbstractList<T> {

	/** The most that one statement names. */
	public static final int MOST = 1_000;

	private final List<T> values;

	private Chunk(List<T> values) {
		this.values = values;
	}

	/** The parts of a collection; none of an empty one. */
	public static <T> List<Chunk<T>> of(Collection<T> all) {
		List<T> distinct = all.stream().distinct().toList();
		List<Chunk<T>> parts = new ArrayList<>();
		for (int start = 0; start < distinct.size(); start += MOST) {
			parts.add(new Chunk<>(distinct.subList(start, Math.min(start + MOST, distinct.size()))));
		}
		return parts;
	}

	/** What a query finds for all of them, part after part. */
	public static <T, R> List<R> collect(Collection<T> all, Function<Chunk<T>, ? extends Collection<R>> query) {
		List<Chunk<T>> parts = of(all);
		if (parts.size() == 1) {
			return List.copyOf(query.apply(parts.get(0)));
		}
		return parts.stream().map(query).<R>flatMap(Collection::stream).toList();
	}

	/**
	 * What a query finds that asks for the ones or the others: both at once where each is
	 * one part.
	 */
	public static <A, B, R> List<R> pairs(Collection<A> ones, Collection<B> others,
			BiFunction<Chunk<A>, Chunk<B>, List<R>> query) {
		List<Chunk<A>> some = of(ones);
		List<Chunk<B>> more = of(others);
		if (some.size() <= 1 && more.size() <= 1) {
			return query.apply(some.isEmpty() ? new Chunk<>(List.of()) : some.get(0),
					more.isEmpty() ? new Chunk<>(List.of()) : more.get(0));
		}
		return Stream
			.concat(some.stream().map((part) -> query.apply(part, new Chunk<>(List.of()))),
					more.stream().map((part) -> query.apply(new Chunk<>(List.of()), part)))
			.flatMap(List::stream)
			.distinct()
			.toList();
	}

	/** The same, where parts may find the same. */
	public static <T, R> Set<R> distinct(Collection<T> all, Function<Chunk<T>, ? extends Collection<R>> query) {
		return of(all).stream().map(query).<R>flatMap(Collection::stream).collect(Collectors.toUnmodifiableSet());
	}

	public static <T> void each(Collection<T> all, Consumer<Chunk<T>> statement) {
		of(all).forEach(statement);
	}

	@Override
	public T get(int index) {
		return this.values.get(index);
	}

	@Override
	public int size() {
		return this.values.size();
	}

}
