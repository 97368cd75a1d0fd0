package io.latchkey.users;

import java.time.Instant;

/**
 * What a user shows besides the password: a code of an authenticator, or one of the
 * recovery codes that are left.
 *
 * @param confirmed whether a code was shown once; until then none is asked for
 */
public record SecondFactor(boolean confirmed, Instant madeAt, int codesLeft) {

}
