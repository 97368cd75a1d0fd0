package io.latchkey.security;

import org.springframework.security.core.AuthenticationException;

/**
 * No right password came before, or too long ago.
 */
class HalfSignInOverException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	HalfSignInOverException() {
		super("No right password came before");
	}

}
