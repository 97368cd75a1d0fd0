package io.latchkey.api.sessions;

import java.time.Instant;

import io.latchkey.logins.SessionsNow;
import io.latchkey.logins.Standing;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A session that a node serves now.
 */
record SessionAnswer(String node, String id, String account, Instant since, @Nullable String sourceAddress,
		@Nullable String method, @Nullable String fingerprint, @Nullable Standing standing, @Nullable String identity,
		@Nullable Long grantId, boolean proved) {

	static SessionAnswer of(String node, SessionsNow.Session session) {
		String id = session.process() + "-" + session.start();
		SessionsNow.Opening opened = session.opened();
		if (opened == null) {
			return new SessionAnswer(node, id, session.account(), session.since(), session.address(), null, null, null,
					null, null, false);
		}
		Fingerprint key = opened.key();
		return new SessionAnswer(node, id, session.account(), session.since(), session.address(), opened.method(),
				(key != null) ? key.value() : null, opened.standing(), opened.identity(), opened.grant(),
				opened.proved());
	}

}
