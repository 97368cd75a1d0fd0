package io.latchkey.security;

import java.time.Duration;

import io.latchkey.core.PublicAddress;
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

	/** Browsers take such a cookie from this very host alone, by TLS (RFC 6265bis). */
	private static final String THIS_HOST = "__Host-";

	private static final String SESSION = "JSESSIONID";

	private final PublicAddress address;

	SiteCookies(PublicAddress address) {
		this.address = address;
	}

	/** The value, or null when there is none or it is longer than it can be. */
	@Nullable String read(HttpServletRequest request, String name, int longest) {
		Cookie cookie = WebUtils.getCookie(request, named(name));
		return (cookie != null && cookie.getValue().length() <= longest) ? cookie.getValue() : null;
	}

	/**
	 * @param kept how long the browser keeps it; null until it is closed
	 */
	void write(HttpServletRequest request, HttpServletResponse response, String name, String value,
			@Nullable Duration kept) {
		String path = this.address.isHttps() ? "" : request.getContextPath();
		ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(named(name), value)
			.path(StringUtils.hasLength(path) ? path : "/")
			.httpOnly(true)
			.secure(this.address.isHttps() || request.isSecure())
			.sameSite("Lax");
		if (kept != null) {
			cookie.maxAge(kept);
		}
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
	}

	/** The session's own follows the same rules. */
	void nameSession(org.springframework.boot.web.server.Cookie session) {
		if (this.address.isHttps()) {
			session.setName(named((session.getName() != null) ? session.getName() : SESSION));
			session.setSecure(true);
			session.setPath("/");
		}
	}

	private String named(String name) {
		return this.address.isHttps() ? THIS_HOST + name : name;
	}

}
