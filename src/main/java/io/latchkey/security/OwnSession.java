package io.latchkey.security;

import java.time.Instant;

/**
 * One of the places where a user is signed in.
 *
 * @param address from which it began, as the record has it
 * @param browser as which the browser gave itself out, in words
 * @param lastUsedAt to the minute
 * @param current whether it is the one that asks
 */
public record OwnSession(long id, String address, String browser, Instant since, Instant lastUsedAt, boolean current) {

}
