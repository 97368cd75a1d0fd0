package io.latchkey.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policy for live sessions.
 *
 * @param end when the sessions of a key are ended that access is taken from
 * @param giveUpAfter how long a node that is away may take until its sessions are not
 * ended any more
 */
@ConfigurationProperties("latchkey.sessions")
public record SessionsProperties(@DefaultValue("ask") Policy end, @DefaultValue("24h") Duration giveUpAfter) {

	/** When sessions are ended. */
	enum Policy {

		/** When whoever takes the access away asks for it. */
		ASK,
		/** Each time that a grant is revoked, an identity suspended or a key removed. */
		ALWAYS

	}

}
