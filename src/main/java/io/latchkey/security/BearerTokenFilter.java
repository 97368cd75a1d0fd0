package io.latchkey.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import io.latchkey.core.AttemptLimiter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Knows a caller by the token in {@code Authorization: Bearer …} (RFC 6750). An address
 * that sent too many bad tokens has to wait; meanwhile only tokens that nobody can guess
 * are looked at, so that one careless job doesn't shut out the others behind its address.
 */
class BearerTokenFilter extends OncePerRequestFilter {

	private static final String SCHEME = "Bearer ";

	private final ApiTokens tokens;

	private final AttemptLimiter badTokens;

	private final ApiRefusals refusals;

	private final Problems problems;

	private final RequestAttributeSecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

	BearerTokenFilter(ApiTokens tokens, AttemptLimiter badTokens, ApiRefusals refusals, Problems problems) {
		this.tokens = tokens;
		this.badTokens = badTokens;
		this.refusals = refusals;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		TokenText text = token(request);
		if (text == null) {
			chain.doFilter(request, response);
			return;
		}
		String address = ClientAddress.of(request.getRemoteAddr());
		Optional<Duration> wait = this.badTokens.begin(address);
		Optional<ApiToken> token;
		try {
			token = (wait.isEmpty() || text.id().isPresent()) ? this.tokens.authenticate(text, address)
					: Optional.empty();
		}
		catch (DataAccessException | TransactionException ex) {
			// Nobody looked at the token.
			giveBack(address, wait);
			throw ex;
		}
		if (token.isPresent()) {
			giveBack(address, wait);
			letIn(new TokenAuthentication(token.get()), request, response);
			chain.doFilter(request, response);
		}
		else {
			refuse(request, response, wait);
		}
	}

	private void giveBack(String address, Optional<Duration> wait) {
		if (wait.isEmpty()) {
			this.badTokens.giveBack(address);
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, Optional<Duration> wait)
			throws IOException, ServletException {
		if (wait.isEmpty()) {
			this.refusals.commence(request, response, new BadCredentialsException("Not a token"));
			return;
		}
		String seconds = Long.toString(wait.get().toSeconds() + 1);
		response.setHeader(HttpHeaders.RETRY_AFTER, seconds);
		this.problems.write(request, response, HttpStatus.TOO_MANY_REQUESTS, "too-many-bad-tokens", seconds);
	}

	private void letIn(TokenAuthentication authentication, HttpServletRequest request, HttpServletResponse response) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(authentication);
		SecurityContextHolder.setContext(context);
		// An answer that is held comes back in an asynchronous dispatch, which finds the
		// context there.
		this.contexts.saveContext(context, request, response);
	}

	/**
	 * The container reads headers as ISO 8859-1, whatever the caller's characters were.
	 */
	private static String asSent(String text) {
		return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	private static @Nullable TokenText token(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		return (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
				? new TokenText(asSent(header.substring(SCHEME.length()).strip())) : null;
	}

}
