package io.latchkey.security;

import java.io.IOException;

import io.latchkey.users.Role;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;

/**
 * Leads who signed in to the page that was asked for before, or to the overview, and
 * remembers the browser.
 */
class ReturnAfterSignIn extends SimpleUrlAuthenticationSuccessHandler {

	private final ReturnAddresses addresses;

	private final RememberedBrowsers browsers;

	ReturnAfterSignIn(ReturnAddresses addresses, RememberedBrowsers browsers) {
		super("/");
		this.addresses = addresses;
		this.browsers = browsers;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException, ServletException {
		this.browsers.remember(SignInUser.of(authentication), request, response);
		super.onAuthenticationSuccess(request, response, authentication);
	}

	/** Members see their own pages alone. */
	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response,
			@Nullable Authentication authentication) {
		String usual = (authentication != null
				&& authentication.getAuthorities().containsAll(Authorities.of(Role.MEMBER))) ? "/my"
						: getDefaultTargetUrl();
		return this.addresses.open(request.getParameter(ReturnAddresses.FIELD)).orElse(usual);
	}

}
