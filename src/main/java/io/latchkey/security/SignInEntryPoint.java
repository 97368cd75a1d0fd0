package io.latchkey.security;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Sends those who aren't signed in to the sign-in page. What htmx asked for is a part of
 * a page, so there the whole page has to go.
 */
class SignInEntryPoint extends LoginUrlAuthenticationEntryPoint {

	private final ReturnAddresses addresses;

	SignInEntryPoint(ReturnAddresses addresses) {
		super("/sign-in");
		this.addresses = addresses;
	}

	@Override
	protected String determineUrlToUseForThisRequest(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) {
		return this.addresses.of(request)
			.map((signed) -> getLoginFormUrl() + "?" + ReturnAddresses.FIELD + "=" + signed)
			.orElse(getLoginFormUrl());
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException {
		if (request.getHeader("HX-Request") != null) {
			response.setHeader("HX-Redirect", request.getContextPath() + getLoginFormUrl());
			response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
		}
		else {
			super.commence(request, response, failure);
		}
	}

}
