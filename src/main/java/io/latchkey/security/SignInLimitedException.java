package io.latchkey.security;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/**
 * Too many sign-ins failed: the next one has to wait.
 */
class SignInLimitedException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final Duration wait;

	SignInLimitedException(Duration wait) {
		super("Too many sign-ins failed");
		this.wait = wait;
	}

	Duration waitingTime() {
		return this.wait;
	}

}
