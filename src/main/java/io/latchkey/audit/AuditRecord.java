package io.latchkey.audit;

import java.time.Instant;

import io.latchkey.core.Actor;

/**
 * One record of the trail.
 *
 * @param hash SHA-256 over the record before and this one, in hex
 */
public record AuditRecord(long sequence, Instant at, Actor actor, String action, String subject, String detail,
		String hash) {

}
