package io.latchkey.api.query;

import java.util.Optional;
import java.util.function.Supplier;

import io.latchkey.core.NotFoundException;

/**
 * Looks for what may not be there.
 */
public final class Existing {

	private Existing() {
	}

	public static <T> Optional<T> of(Supplier<T> get) {
		try {
			return Optional.of(get.get());
		}
		catch (NotFoundException ex) {
			return Optional.empty();
		}
	}

}
