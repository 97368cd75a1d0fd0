package io.latchkey.security;

import java.io.IOException;

import io.latchkey.core.Contention;
import io.latchkey.core.DatabaseOutage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that it is only for a while, and when to come again, wherever a request failed
 * because the database is away or others wrote the same: at a token, a session, a sign-in
 * or a page. Operations of the API say it themselves.
 */
class DatabaseAwayFilter extends OncePerRequestFilter {

	private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseAwayFilter.class);

	private final Problems problems;

	private final PlainPage page;

	DatabaseAwayFilter(Problems problems, PlainPage page) {
		this.problems = problems;
		this.page = page;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			boolean away = DatabaseOutage.isBehind(ex);
			if (response.isCommitted() || !(away || Contention.isBehind(ex))) {
				throw ex;
			}
			LOGGER.warn(away ? "A request failed, for the database cannot be reached: {}"
					: "A request was given up, for others were writing the same: {}", ex.getMessage());
			response.resetBuffer();
			refuse(request, response, away);
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, boolean away) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, away ? "5" : "1");
		if (ForPrograms.is(request)) {
			this.problems.write(request, response, HttpStatus.SERVICE_UNAVAILABLE,
					away ? "database-unavailable" : "others-writing");
		}
		else {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			this.page.write(response, "page.error.5xx");
		}
	}

}
