package io.latchkey.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads nothing of a stranger that is longer than a sign-in form, or doesn't say how long
 * it is: the container would keep a form of megabytes in memory, and a file on the disk,
 * before anybody asked who sent them.
 */
class StrangersBodyFilter extends OncePerRequestFilter {

	static final int LONGEST = 8_192;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (SecurityContextHolder.getContext().getAuthentication() != null || isShortForm(request)) {
			chain.doFilter(request, response);
			return;
		}
		response.setHeader(HttpHeaders.CONNECTION, "close");
		response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
	}

	private static boolean isShortForm(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || request.getContentLengthLong() > LONGEST) {
			return false;
		}
		String type = request.getContentType();
		return type == null || !type.regionMatches(true, 0, MediaType.MULTIPART_FORM_DATA_VALUE, 0,
				MediaType.MULTIPART_FORM_DATA_VALUE.length());
	}

}
