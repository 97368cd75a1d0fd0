package io.latchkey.security;

import java.io.IOException;

import io.latchkey.security.SignedInSessionRepository.Row;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session whose time is up, and takes one up that another process began, before
 * anything is asked of it.
 */
class SessionLifetimeFilter extends OncePerRequestFilter {

	private final SignedInSessions sessions;

	private final SignInUsers users;

	SessionLifetimeFilter(SignedInSessions sessions, SignInUsers users) {
		this.sessions = sessions;
		this.users = users;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		look(request);
		chain.doFilter(request, response);
	}

	/** Files that anybody may have aren't worth a question to the database. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getServletPath();
		return path.startsWith("/assets/") || path.startsWith("/webjars/");
	}

	private void look(HttpServletRequest request) {
		SignedInSession known = SignedInSession.of(request.getSession(false));
		if (known != null) {
			this.sessions.endIfOver(known);
		}
		else {
			this.sessions.open(request).ifPresent((row) -> takeUp(row, request));
		}
	}

	/** With the rights that the user has now. */
	private void takeUp(Row row, HttpServletRequest request) {
		UserDetails user;
		try {
			user = this.users.loadUserByUsername(row.username());
		}
		catch (UsernameNotFoundException ex) {
			this.sessions.end(row, SessionEnded.Cause.PASSWORD_SET);
			return;
		}
		HttpSession session = request.getSession(true);
		SignInUser signedIn = new SignInUser(user.getUsername(), "", row.passwordMark(), user.getAuthorities());
		session.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
				new SecurityContextImpl(signedIn.signedInAt(row.since())));
		this.sessions.keep(row, session);
	}

}
