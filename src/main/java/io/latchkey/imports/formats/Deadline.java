package io.latchkey.imports.formats;

import java.time.Duration;

import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;

/**
 * The time by which a list has to be read, so that no list keeps a processor.
 *
 * @param nanos in {@link System#nanoTime()}
 * @param within what was given
 */
public record Deadline(long nanos, Duration within) {

	public static Deadline in(Duration within) {
		return new Deadline(System.nanoTime() + within.toNanos(), within);
	}

	/**
	 * @throws InvalidInputException when it has passed
	 */
	public void check() {
		if (System.nanoTime() - this.nanos > 0) {
			throw new InvalidInputException(Fault.of("text", "import.too-long", this.within.toSeconds()));
		}
	}

}
