package io.latchkey.security;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.Cookie;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Sends a form as the page does that shows it. Spring's own {@code csrf()} would put a
 * repository that makes sessions in the place of Latchkey's, for all tests that follow.
 */
public final class Forms {

	private Forms() {
	}

	/** Comes after what says who sends it. */
	public static RequestPostProcessor form() {
		return (request) -> {
			FormTokens tokens = WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())
				.getBean(FormTokens.class);
			CsrfToken kept = tokens.loadToken(request);
			CsrfToken token = (kept != null) ? kept : tokens.generateToken(request);
			MockHttpServletResponse page = new MockHttpServletResponse();
			tokens.saveToken(token, request, page);
			bring(request, page.getCookies());
			request.setParameter(token.getParameterName(), masked(token));
			return request;
		};
	}

	private static void bring(MockHttpServletRequest request, Cookie[] made) {
		List<Cookie> cookies = new ArrayList<>(List.of(made));
		if (request.getCookies() != null) {
			cookies.addAll(List.of(request.getCookies()));
		}
		request.setCookies(cookies.toArray(Cookie[]::new));
	}

	private static String masked(CsrfToken token) {
		MockHttpServletRequest page = new MockHttpServletRequest();
		new XorCsrfTokenRequestAttributeHandler().handle(page, new MockHttpServletResponse(), () -> token);
		return ((CsrfToken) page.getAttribute(CsrfToken.class.getName())).getToken();
	}

}
