package io.latchkey.core;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a create-or-replace came to.
 *
 * @param value the thing as it is now
 * @param created whether it was made just now, rather than replaced
 */
public record Saved<T>(T value, boolean created) {

	/** Replaces the one that there is, or creates it. */
	public static <E, T> Saved<T> of(Optional<E> existing, Function<E, T> replace, Supplier<T> create) {
		return existing.map((entity) -> new Saved<>(replace.apply(entity), false))
			.orElseGet(() -> new Saved<>(create.get(), true));
	}

}
