package io.latchkey.api.idempotency;

import io.latchkey.api.answer.ShownOnce;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Marks each request whose answer is {@link ShownOnce}, before that is written.
 */
@RestControllerAdvice(basePackages = "io.latchkey.api")
class GivenOnce implements ResponseBodyAdvice<Object> {

	private static final String ATTRIBUTE = GivenOnce.class.getName();

	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType, MediaType contentType,
			Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
			ServerHttpResponse response) {
		if (body instanceof ShownOnce && request instanceof ServletServerHttpRequest servlet) {
			servlet.getServletRequest().setAttribute(ATTRIBUTE, Boolean.TRUE);
		}
		return body;
	}

	static boolean isMarked(HttpServletRequest request) {
		return request.getAttribute(ATTRIBUTE) != null;
	}

}
