package io.latchkey.audit;

import java.time.Instant;

import io.latchkey.core.Actor;

/**
 * What a record says, before it has its place in the chain.
 *
 * @param at in microseconds, the databases' grain
 */
record Entry(Instant at, Actor actor, String action, String subject, String detail) {

}
