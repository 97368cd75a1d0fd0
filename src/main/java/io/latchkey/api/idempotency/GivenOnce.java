package io.latchkey.api.idempotency;

import io.latchkey.api.answer.EveryAnswer;
import io.latchkey.api.answer.ShownOnce;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Marks each request whose answer is {@link ShownOnce}, before that is written.
 */
@RestControllerAdvice(basePackages = "io.latchkey.api")
class GivenOnce extends EveryAnswer {

	private static final String ATTRIBUTE = GivenOnce.class.getName();

	@Override
	protected void see(Object body, ServerHttpRequest request, ServerHttpResponse response) {
		if (body instanceof ShownOnce && request instanceof ServletServerHttpRequest servlet) {
			servlet.getServletRequest().setAttribute(ATTRIBUTE, Boolean.TRUE);
		}
	}

	static boolean isMarked(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
