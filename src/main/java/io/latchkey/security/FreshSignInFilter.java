package io.latchkey.security;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Asks for the password again, and for a code where there is a second factor, before what
 * {@link FreshPages} names: an open browser, or a session that was stolen, is not enough
 * for it. A form that comes too late is not looked at. That is said, and the way leads
 * back to the page that has it.
 */
class FreshSignInFilter extends OncePerRequestFilter {

	static final String PAGE = "/sign-in/again";

	private static final String UNSENT = "unsent";

	private final AllRequiredFactorsAuthorizationManager<HttpServletRequest> fresh;

	private final ReturnAddresses addresses;

	FreshSignInFilter(Duration lasts, ReturnAddresses addresses, Clock clock) {
		this.fresh = AllRequiredFactorsAuthorizationManager.<HttpServletRequest>builder()
			.requireFactor((factor) -> factor.passwordAuthority().validDuration(lasts))
			.build();
		this.fresh.setClock(clock);
		this.addresses = addresses;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!FreshPages.include(request) || isFresh(request)) {
			chain.doFilter(request, response);
			return;
		}
		String page = request.getContextPath() + page(request);
		if (request.getHeader("HX-Request") != null) {
			response.setHeader("HX-Redirect", page);
			response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
		}
		else {
			response.sendRedirect(page);
		}
	}

	private boolean isFresh(HttpServletRequest request) {
		return this.fresh.authorize(() -> SecurityContextHolder.getContext().getAuthentication(), request).isGranted();
	}

	private String page(HttpServletRequest request) {
		String page = PAGE + (FreshPages.isSent(request) ? "?" + UNSENT + "&" : "?") + ReturnAddresses.FIELD + "=";
		return page + this.addresses.sign(FreshPages.wayBack(request))
			.or(() -> this.addresses.sign(FreshPages.path(request)))
			.orElse("");
	}

}
