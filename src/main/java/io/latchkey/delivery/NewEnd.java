package io.latchkey.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.latchkey.grants.Grant;
import org.jspecify.annotations.Nullable;

/**
 * When grants shall end that are extended together: each later by a length, or all at one
 * instant.
 */
public record NewEnd(@Nullable Duration later, @Nullable Instant at) {

	public NewEnd {
		if ((later == null) == (at == null)) {
			throw new IllegalArgumentException("A length or an instant");
		}
	}

	/** Later by this; a grant without an end ends so long from now. */
	public static NewEnd later(Duration by) {
		return new NewEnd(by, null);
	}

	public static NewEnd at(Instant end) {
		return new NewEnd(null, end);
	}

	/** To the second, as ends are kept. */
	Instant of(Grant grant, Instant now) {
		Instant end = (this.at != null) ? this.at
				: Objects.requireNonNullElse(grant.expiresAt(), now).plus(Objects.requireNonNull(this.later));
		return end.truncatedTo(ChronoUnit.SECONDS);
	}

	/** Stands for it in what is confirmed. */
	String canonical() {
		return (this.at != null) ? this.at.toString() : String.valueOf(this.later);
	}

}
