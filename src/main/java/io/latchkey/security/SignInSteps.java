package io.latchkey.security;

import java.time.Clock;

import io.latchkey.users.SecondFactors;

import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.stereotype.Component;

/**
 * The filters of the pages that ask for more than the password, or for it once more.
 */
@Component
class SignInSteps {

	private final HalfSignIns halves;

	private final SecondFactors factors;

	private final FailedSignIns failures;

	private final SignInProperties properties;

	private final Clock clock;

	SignInSteps(HalfSignIns halves, SecondFactors factors, FailedSignIns failures, SignInProperties properties,
			Clock clock) {
		this.halves = halves;
		this.factors = factors;
		this.failures = failures;
		this.properties = properties;
		this.clock = clock;
	}

	HalfSignIns halves() {
		return this.halves;
	}

	/** Signs in as the form with the password does. */
	CodeSignInFilter code(SessionAuthenticationStrategy sessions, AuthenticationSuccessHandler success,
			AuthenticationFailureHandler failure) {
		CodeSignInFilter filter = new CodeSignInFilter(this.halves, this.factors, this.failures, this.clock);
		filter.setSessionAuthenticationStrategy(sessions);
		filter.setAuthenticationSuccessHandler(success);
		filter.setAuthenticationFailureHandler(failure);
		return filter;
	}

	SecondFactorDueFilter due() {
		return new SecondFactorDueFilter(this.properties, this.factors);
	}

	FreshSignInFilter again(ReturnAddresses addresses) {
		return new FreshSignInFilter(this.properties.fresh(), addresses, this.clock);
	}

}
