package io.latchkey.api.idempotency;

import java.util.List;
import java.util.Map;

/**
 * The answer that a repeated request gets again.
 *
 * @param headers without those that each answer gets by itself
 */
record FirstAnswer(int status, Map<String, List<String>> headers, byte[] body) {

	private static final int GIVEN_ONCE = 0;

	/** Of an answer that is not to be kept, only that there was one. */
	static FirstAnswer givenOnce() {
		return new FirstAnswer(GIVEN_ONCE, Map.of(), new byte[0]);
	}

	boolean wasGivenOnce() {
		return this.status == GIVEN_ONCE;
	}

}
