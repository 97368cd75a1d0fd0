package io.latchkey.security;

import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What takes a password that was given just now. Who may do it at all stands in
 * {@link SecurityConfiguration}.
 */
final class FreshPages {

	/** They are for nothing else, so that it is asked for before anything is typed. */
	private static final List<PathPatternRequestMatcher> WHOLE = matchers("/settings/users/**", "/settings/tokens/**",
			"/settings/secrets/**", "/settings/rotate", "/account/second-factor/**", "/enrolment/tokens/**",
			"/identities/*/make-key-pair", "/clusters/*/inter-node/rotate", "/clusters/*/inter-node/take",
			"/clusters/*/passwords", "/nodes/*/passwords", "/nodes/*/host-keys", "/nodes/*/enrol",
			"/nodes/*/debug-sshd");

	/** What is sent from a page that people look at for other reasons as well. */
	private static final List<PathPatternRequestMatcher> SENT = matchers("/enrolment", "/enrolment/registrations");

	/** Sent from the page above, and without one at their own address. */
	private static final List<PathPatternRequestMatcher> SENT_FROM_ABOVE = matchers("/enrolment/confirm",
			"/clusters/*/passwords/resume", "/settings/secrets/rotate", "/settings/users/*/enable",
			"/settings/users/*/invitation", "/settings/users/*/withdraw", "/account/second-factor/begin");

	/** Sent from the user's page, which is above the folder of the sessions. */
	private static final String SESSIONS = "/sessions/";

	private static final List<PathPatternRequestMatcher> OF_SESSIONS = matchers("/settings/users/*" + SESSIONS + "**");

	/** By whatever form: it takes away the lines that nobody granted. */
	private static final String MODE = "mode";

	private static final String EXCLUSIVE = "EXCLUSIVE";

	private static final String NODE = "node";

	private FreshPages() {
	}

	static boolean include(HttpServletRequest request) {
		return matches(WHOLE, request) || (isSent(request) && (matches(SENT, request)
				|| matches(SENT_FROM_ABOVE, request) || EXCLUSIVE.equals(request.getParameter(MODE))));
	}

	/** Whether it is a form, and not a page that is asked for. */
	static boolean isSent(HttpServletRequest request) {
		return !HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod());
	}

	/**
	 * The page that was asked for, or the one that has the form; nodes that were chosen
	 * in a list stay chosen.
	 */
	static String wayBack(HttpServletRequest request) {
		String path = path(request);
		if (!isSent(request)) {
			String query = request.getQueryString();
			return (query != null) ? path + "?" + query : path;
		}
		if (!EXCLUSIVE.equals(request.getParameter(MODE)) || request.getParameter(NODE) == null) {
			return path;
		}
		return path + UriComponentsBuilder.newInstance()
			.queryParam(MODE, EXCLUSIVE)
			.queryParam(NODE, "{node}")
			.encode()
			.buildAndExpand(String.join(" ", request.getParameterValues(NODE)))
			.toUriString();
	}

	/** Of that page, without what was chosen. */
	static String path(HttpServletRequest request) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		if (isSent(request) && matches(OF_SESSIONS, request)) {
			return path.substring(0, path.lastIndexOf(SESSIONS));
		}
		return (isSent(request) && matches(SENT_FROM_ABOVE, request)) ? path.substring(0, path.lastIndexOf('/')) : path;
	}

	private static boolean matches(List<PathPatternRequestMatcher> matchers, HttpServletRequest request) {
		return matchers.stream().anyMatch((matcher) -> matcher.matches(request));
	}

	private static List<PathPatternRequestMatcher> matchers(String... patterns) {
		return Stream.of(patterns).map(PathPatternRequestMatcher.withDefaults()::matcher).toList();
	}

}
