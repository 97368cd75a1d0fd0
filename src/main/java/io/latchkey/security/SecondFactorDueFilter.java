package io.latchkey.security;

import java.io.IOException;

import io.latchkey.users.Role;
import io.latchkey.users.SecondFactors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Leads whoever has to have a second factor, and hasn't, to where it is set up.
 */
class SecondFactorDueFilter extends OncePerRequestFilter {

	private static final String PAGE = "/account/second-factor";

	private final SignInProperties properties;

	private final SecondFactors factors;

	SecondFactorDueFilter(SignInProperties properties, SecondFactors factors) {
		this.properties = properties;
		this.factors = factors;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (isDue(authentication)) {
			response.sendRedirect(request.getContextPath() + PAGE);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		return path.equals(PAGE) || path.startsWith(PAGE + "/") || path.equals(FreshSignInFilter.PAGE)
				|| path.equals("/sign-out") || path.startsWith("/assets/") || path.startsWith("/webjars/");
	}

	private boolean isDue(@Nullable Authentication authentication) {
		return authentication != null && isRequiredOf(authentication)
				&& !this.factors.isAskedOf(authentication.getName());
	}

	private boolean isRequiredOf(Authentication authentication) {
		for (Role role : Role.values()) {
			if (authentication.getAuthorities().containsAll(Authorities.of(role))) {
				return this.properties.secondFactor().isOf(role);
			}
		}
		return false;
	}

}
