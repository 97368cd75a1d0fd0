package io.latchkey.security;

import java.time.Clock;

import io.latchkey.users.SecondFactors;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;

/**
 * Lets in by the password alone only whom nothing else is asked of.
 */
class TwoStepProvider implements AuthenticationProvider {

	private final AuthenticationProvider passwords;

	private final SecondFactors factors;

	private final Clock clock;

	TwoStepProvider(AuthenticationProvider passwords, SecondFactors factors, Clock clock) {
		this.passwords = passwords;
		this.factors = factors;
		this.clock = clock;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) {
		Authentication result = this.passwords.authenticate(authentication);
		if (result == null) {
			return null;
		}
		SignInUser user = SignInUser.of(result);
		if (this.factors.isAskedOf(user.getUsername())) {
			throw new SecondFactorNeededException(user);
		}
		return user.signedInAt(this.clock.instant());
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.passwords.supports(authentication);
	}

}
