package io.latchkey.security;

import org.springframework.security.core.AuthenticationException;

/**
 * Too many codes of the account were wrong.
 */
class CodesLimitedException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	CodesLimitedException(Throwable cause) {
		super("Too many codes were wrong", cause);
	}

}
