package io.latchkey.api.query;

import java.time.Duration;
import java.util.function.Consumer;

import io.latchkey.api.body.MalformedRequestException;
import io.latchkey.api.body.TextForm;
import io.latchkey.core.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How long the caller waits for the nodes: {@code ?wait=PT30S}, at most {@code PT2M}.
 *
 * @param atMost null when the caller does not wait
 */
public record Wait(@Nullable Duration atMost) {

	private static final Duration LONGEST = Duration.ofMinutes(2);

	static Wait parse(@Nullable String text) {
		if (text == null) {
			return new Wait(null);
		}
		try {
			Duration duration = TextForm.duration(text);
			if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
				return new Wait(duration);
			}
		}
		catch (IllegalArgumentException ex) {
			throw malformed(ex);
		}
		throw malformed(null);
	}

	private static MalformedRequestException malformed(@Nullable Throwable cause) {
		MalformedRequestException malformed = new MalformedRequestException(Fault.of("wait", "query.wait"));
		if (cause != null) {
			malformed.initCause(cause);
		}
		return malformed;
	}

	/** Waits, if the caller does. */
	public void with(Consumer<Duration> settling) {
		if (this.atMost != null) {
			settling.accept(this.atMost);
		}
	}

}
