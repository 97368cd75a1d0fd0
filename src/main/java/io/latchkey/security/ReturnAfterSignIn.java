package io.latchkey.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;

/**
 * Leads who signed in to the page that was asked for before, or to the overview.
 */
class ReturnAfterSignIn extends SimpleUrlAuthenticationSuccessHandler {

	private final ReturnAddresses addresses;

	ReturnAfterSignIn(ReturnAddresses addresses) {
		super("/");
		this.addresses = addresses;
	}

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response) {
		return this.addresses.open(request.getParameter(ReturnAddresses.FIELD)).orElse(getDefaultTargetUrl());
	}

}
