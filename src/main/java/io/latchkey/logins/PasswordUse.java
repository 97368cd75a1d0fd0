package io.latchkey.logins;

import java.time.Instant;

/**
 * That an account of a node was logged in to by password, as its log tells.
 *
 * @param at the last time
 * @param times how often in all
 * @param proved whether nobody but root can have written the lines that say so; where
 * only some are such, it is
 */
public record PasswordUse(String node, String account, Instant at, long times, boolean proved) {

}
