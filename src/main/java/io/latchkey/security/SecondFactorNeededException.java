package io.latchkey.security;

import org.springframework.security.core.AuthenticationException;

/**
 * The password was right; a code is to follow.
 */
class SecondFactorNeededException extends AuthenticationException {

	private static final long serialVersionUID = 1L;

	private final transient SignInUser user;

	SecondFactorNeededException(SignInUser user) {
		super("A code is needed as well");
		this.user = user;
	}

	SignInUser user() {
		return this.user;
	}

}
