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
 * Reads nothing that is longer than any form, or doesn't say how long it is: the
 * container would keep megabytes in memory, and a file on the disk, before anybody asked
 * who sent them. Of a stranger it reads a sign-in form, and nothing else.
 */
class BodyLengthFilter extends OncePerRequestFilter {

	static final int LONGEST_OF_STRANGERS = 8_192;

	/** The longest form is a list to import. */
	static final int LONGEST = 4 * 1024 * 1024;

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		boolean stranger = SecurityContextHolder.getContext().getAuthentication() == null;
		if (stranger ? isOfStrangers(request) : isShort(request, LONGEST)) {
			chain.doFilter(request, response);
			return;
		}
		response.setHeader(HttpHeaders.CONNECTION, "close");
		response.sendError(HttpStatus.CONTENT_TOO_LARGE.value());
	}

	private static boolean isOfStrangers(HttpServletRequest request) {
		String type = request.getContentType();
		return isShort(request, LONGEST_OF_STRANGERS) && (type == null || !type.regionMatches(true, 0,
				MediaType.MULTIPART_FORM_DATA_VALUE, 0, MediaType.MULTIPART_FORM_DATA_VALUE.length()));
	}

	private static boolean isShort(HttpServletRequest request, int longest) {
		return request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null && request.getContentLengthLong() <= longest;
	}

}
