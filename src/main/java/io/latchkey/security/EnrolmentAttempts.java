package io.latchkey.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.latchkey.core.AttemptLimiter;

import org.springframework.stereotype.Component;

/**
 * How often strangers may try enrolment tokens. An attempt counts when it begins; one
 * with a token that is good is given back.
 */
@Component
public class EnrolmentAttempts {

	private final AttemptLimiter addresses;

	EnrolmentAttempts(Clock clock) {
		this.addresses = new AttemptLimiter(60, Duration.ofMinutes(1), clock);
	}

	/** Counts an attempt, or says how long to wait until the next one. */
	public Optional<Duration> begin(String remoteAddress) {
		return this.addresses.begin(ClientAddress.of(remoteAddress));
	}

	public void giveBack(String remoteAddress) {
		this.addresses.giveBack(ClientAddress.of(remoteAddress));
	}

}
