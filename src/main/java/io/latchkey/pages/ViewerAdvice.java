package io.latchkey.pages;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Tells every page who looks at it, so that it offers only what they may do.
 */
@ControllerAdvice("io.latchkey.pages")
class ViewerAdvice {

	private final Viewers viewers;

	ViewerAdvice(Viewers viewers) {
		this.viewers = viewers;
	}

	@ModelAttribute("viewer")
	Viewer viewer(@Nullable Authentication authentication) {
		return this.viewers.of(authentication);
	}

	/** Where a form on the page is sent to: the address that shows it. */
	@ModelAttribute("address")
	String address(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

}
