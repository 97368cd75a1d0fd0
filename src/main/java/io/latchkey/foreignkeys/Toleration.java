package io.latchkey.foreignkeys;

import java.time.Instant;

import io.latchkey.openssh.Fingerprint;

/**
 * That a foreign key is known and may stand for a while.
 *
 * @param by who said so
 */
public record Toleration(Fingerprint fingerprint, Instant until, String reason, String by) {

}
