package io.latchkey.access;

import java.time.Instant;
import java.util.List;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Which access is asked for.
 *
 * @param identity by name; null for all
 * @param node by name; null for all
 * @param account null for all
 * @param since the first instant
 * @param until the last one, the same for an instant
 */
public record AccessQuery(@Nullable String identity, @Nullable String node, @Nullable String account, Instant since,
		Instant until) {

	/**
	 * @throws InvalidInputException when neither an identity nor a node is named, or the
	 * time ends before it begins
	 */
	public AccessQuery {
		if (identity == null && node == null) {
			throw new InvalidInputException(List.of(Fault.of("identity", "access.whose")));
		}
		if (until.isBefore(since)) {
			throw new InvalidInputException(List.of(Fault.of("until", "access.until")));
		}
	}

	/** At an instant. */
	public static AccessQuery at(@Nullable String identity, @Nullable String node, @Nullable String account,
			Instant instant) {
		return new AccessQuery(identity, node, account, instant, instant);
	}

}
