package io.latchkey.api.identities;

import java.time.Instant;

import io.latchkey.delivery.UnendedSession;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that were to be ended and are not known to be.
 *
 * @param fingerprint of the key that opened them
 * @param grantId of the grant that had let it in
 */
record UnendedSessionAnswer(String node, String account, String fingerprint, long grantId, Instant askedAt,
		UnendedSession.Standing standing, @Nullable String detail) {

	static UnendedSessionAnswer of(UnendedSession session) {
		return new UnendedSessionAnswer(session.node(), session.account(), session.key().value(),
				session.grant().value(), session.askedAt(), session.standing(), session.detail());
	}

}
