package io.latchkey.security;

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

	TwoStepProvider(AuthenticationProvider passwords, SecondFactors factors) {
		this.passwords = passwords;
		this.factors = factors;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) {
		Authentication result = this.passwords.authenticate(authentication);
		if (result != null && this.factors.isAskedOf(result.getName())) {
			throw new SecondFactorNeededException(SignInUser.of(result));
		}
		return result;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.passwords.supports(authentication);
	}

}
