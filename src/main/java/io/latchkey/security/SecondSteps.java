package io.latchkey.security;

import io.latchkey.users.SecondFactors;

import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.stereotype.Component;

/**
 * The filters of the pages that see to second factors.
 */
@Component
class SecondSteps {

	private final HalfSignIns halves;

	private final SecondFactors factors;

	private final FailedSignIns failures;

	private final SignInProperties properties;

	SecondSteps(HalfSignIns halves, SecondFactors factors, FailedSignIns failures, SignInProperties properties) {
		this.halves = halves;
		this.factors = factors;
		this.failures = failures;
		this.properties = properties;
	}

	HalfSignIns halves() {
		return this.halves;
	}

	/** Signs in as the form with the password does. */
	CodeSignInFilter signIn(SessionAuthenticationStrategy sessions, AuthenticationSuccessHandler success,
			AuthenticationFailureHandler failure) {
		CodeSignInFilter filter = new CodeSignInFilter(this.halves, this.factors, this.failures);
		filter.setSessionAuthenticationStrategy(sessions);
		filter.setAuthenticationSuccessHandler(success);
		filter.setAuthenticationFailureHandler(failure);
		return filter;
	}

	SecondFactorDueFilter due() {
		return new SecondFactorDueFilter(this.properties, this.factors);
	}

}
