package io.latchkey.api.idempotency;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Marks a request whose answer is given once and kept nowhere, since it holds a private
 * key. A repeat with the same {@code Idempotency-Key} is told so, and makes nothing anew.
 */
public final class GivenOnce {

	private static final String ATTRIBUTE = GivenOnce.class.getName();

	private GivenOnce() {
	}

	/** Before the answer is made. */
	public static void mark(HttpServletRequest request) {
		request.setAttribute(ATTRIBUTE, Boolean.TRUE);
	}

	static boolean isMarked(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
