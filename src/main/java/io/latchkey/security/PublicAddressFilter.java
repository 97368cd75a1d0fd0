package io.latchkey.security;

import java.io.IOException;

import io.latchkey.core.PublicAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that are meant for another address than Latchkey's: a site whose name
 * is made to lead here could otherwise read its pages. Probes ask by address.
 */
class PublicAddressFilter extends OncePerRequestFilter {

	private static final String HEALTH = "/actuator/health";

	private final PublicAddress address;

	private final Problems problems;

	private final PlainPage page;

	PublicAddressFilter(PublicAddress address, Problems problems, PlainPage page) {
		this.address = address;
		this.problems = problems;
		this.page = page;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = request.getServletPath();
		String host = request.getHeader(HttpHeaders.HOST);
		if (isMeant(path, host)) {
			chain.doFilter(request, response);
		}
		else if (ForPrograms.is(request)) {
			this.problems.write(request, response, HttpStatus.MISDIRECTED_REQUEST, "misdirected");
		}
		else {
			response.setStatus(HttpStatus.MISDIRECTED_REQUEST.value());
			this.page.write(response, "page.error.421");
		}
	}

	private boolean isMeant(String path, @Nullable String host) {
		return ForPrograms.isIn(path, HEALTH)
				|| (ForPrograms.isIn(path, "/enrol") ? this.address.isMeantOfNodes(host) : this.address.isMeant(host));
	}

}
