package io.latchkey.api.idempotency;

import java.time.Instant;

/**
 * What came of naming an {@code Idempotency-Key}.
 */
sealed interface Claim {

	/**
	 * It is the first request with that key: carry it out.
	 *
	 * @param at tells this claim from a later one that took over
	 */
	record First(Instant at) implements Claim {

	}

	/** It was asked before: this was the answer. */
	record Repeated(FirstAnswer answer) implements Claim {

	}

	/** The first one is being carried out. */
	record InProgress() implements Claim {

	}

	/** It is a new key, and the caller has had as many as are kept. */
	record TooMany(int most) implements Claim {

	}

	/** The key was used for another request. */
	record OtherRequest() implements Claim {

	}

}
