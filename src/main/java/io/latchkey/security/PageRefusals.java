package io.latchkey.security;

import java.io.IOException;

import io.latchkey.users.Role;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * What people hear who cannot sign in, or may not do what they tried.
 */
class PageRefusals implements AuthenticationFailureHandler, AccessDeniedHandler {

	/** The field that tells the form of who is signed in from that of strangers. */
	private static final String AGAIN = "again";

	private final DefaultRedirectStrategy redirects = new DefaultRedirectStrategy();

	private final AccessDeniedHandlerImpl forbidden = new AccessDeniedHandlerImpl();

	private final AuthenticationEntryPoint entryPoint;

	private final ReturnAddresses addresses;

	private final HalfSignIns halves;

	PageRefusals(AuthenticationEntryPoint entryPoint, ReturnAddresses addresses, HalfSignIns halves) {
		this.entryPoint = entryPoint;
		this.addresses = addresses;
		this.halves = halves;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		if (failure instanceof AuthenticationServiceException) {
			// The password may have been right.
			throw failure;
		}
		if (failure instanceof SecondFactorNeededException half) {
			this.halves.begin(half.user(), request, response);
		}
		String page = pageAfter(failure, request);
		String to = request.getParameter(ReturnAddresses.FIELD);
		this.redirects.sendRedirect(request, response,
				this.addresses.open(to)
					.map((address) -> page + (page.contains("?") ? "&" : "?") + ReturnAddresses.FIELD + "=" + to)
					.orElse(page));
	}

	private static String pageAfter(AuthenticationException failure, HttpServletRequest request) {
		if (failure instanceof SecondFactorNeededException) {
			return CodeSignInFilter.PATH;
		}
		String path = request.getRequestURI().substring(request.getContextPath().length());
		String page = (request.getParameter(AGAIN) != null) ? FreshSignInFilter.PAGE : "/sign-in";
		if (path.equals(CodeSignInFilter.PATH) && !(failure instanceof HalfSignInOverException)) {
			page = CodeSignInFilter.PATH;
		}
		boolean limited = failure instanceof SignInLimitedException || failure instanceof CodesLimitedException;
		return page + (limited ? "?error=limited" : "?error");
	}

	/**
	 * A form that was left open until the session ended carries a token of that session:
	 * signing in is what helps then.
	 */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
			throws IOException, ServletException {
		if (denied instanceof CsrfException && SecurityContextHolder.getContext().getAuthentication() == null) {
			this.entryPoint.commence(request, response,
					new InsufficientAuthenticationException("The session has ended", denied));
		}
		else if (isAtTheDoor(request)) {
			this.redirects.sendRedirect(request, response, "/my");
		}
		else {
			this.forbidden.handle(request, response, denied);
		}
	}

	/** The overview is none of a member's pages, and where every way home leads. */
	private static boolean isAtTheDoor(HttpServletRequest request) {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return HttpMethod.GET.matches(request.getMethod())
				&& request.getRequestURI().equals(request.getContextPath() + "/") && authentication != null
				&& authentication.getAuthorities().containsAll(Authorities.of(Role.MEMBER));
	}

}
