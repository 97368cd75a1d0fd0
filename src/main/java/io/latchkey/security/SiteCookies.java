package io.latchkey.security;

import java.time.Duration;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.util.WebUtils;

/**
 * The cookies that are set besides the session's: no script reads them, and no other
 * site's form carries them.
 */
@Component
class SiteCookies {

	/** The value, or null when there is none or it is longer than it can be. */
	@Nullable String read(HttpServletRequest request, String name, int longest) {
		Cookie cookie = WebUtils.getCookie(request, name);
		return (cookie != null && cookie.getValue().length() <= longest) ? cookie.getValue() : null;
	}

	/**
	 * @param kept how long the browser keeps it; null until it is closed
	 */
	void write(HttpServletRequest request, HttpServletResponse response, String name, String value,
			@Nullable Duration kept) {
		String path = request.getContextPath();
		ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(name, value)
			.path(StringUtils.hasLength(path) ? path : "/")
			.httpOnly(true)
			.secure(request.isSecure())
			.sameSite("Lax");
		if (kept != null) {
			cookie.maxAge(kept);
		}
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
	}

}
