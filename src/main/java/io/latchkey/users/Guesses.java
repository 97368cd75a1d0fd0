package io.latchkey.users;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.latchkey.core.AttemptLimiter;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;

import org.springframework.stereotype.Component;

/**
 * Lets a user's codes, and the password once they are signed in, be guessed so often and
 * no more, from wherever the guesses come.
 */
@Component
class Guesses {

	static final int TRIES = 5;

	static final int TRIES_OF_A_DAY = 20;

	private final AttemptLimiter tries;

	private final AttemptLimiter triesOfADay;

	Guesses(Clock clock) {
		this.tries = new AttemptLimiter(TRIES, Duration.ofMinutes(5), clock);
		this.triesOfADay = new AttemptLimiter(TRIES_OF_A_DAY, Duration.ofDays(1), clock);
	}

	/**
	 * Whether the guess was right.
	 * @throws InvalidInputException when there were too many wrong ones
	 */
	boolean guess(String username, String field, BooleanSupplier check) {
		this.tries.begin(username).or(() -> this.triesOfADay.begin(username)).ifPresent((wait) -> {
			throw new InvalidInputException(Fault.of(field, "guesses.limited", wait.toMinutes() + 1));
		});
		if (!check.getAsBoolean()) {
			return false;
		}
		this.tries.giveBack(username);
		this.triesOfADay.giveBack(username);
		return true;
	}

}
