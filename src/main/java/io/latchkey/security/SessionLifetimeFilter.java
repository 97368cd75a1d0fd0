package io.latchkey.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose time is up, before anything is asked of it.
 */
class SessionLifetimeFilter extends OncePerRequestFilter {

	private final SignedInSessions sessions;

	SessionLifetimeFilter(SignedInSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		if (session != null) {
			this.sessions.endIfOver(session);
		}
		chain.doFilter(request, response);
	}

	/** Files that anybody may have aren't worth a question to the database. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getServletPath();
		return path.startsWith("/assets/") || path.startsWith("/webjars/");
	}

}
