package io.latchkey.api.answer;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Puts the entity tag on every answer that is a resource. It does so after Spring has
 * looked for {@code If-None-Match}: a node's state changes without its version, so "not
 * modified" would be wrong.
 */
@RestControllerAdvice(basePackages = "io.latchkey.api")
class EntityTagAdvice extends EveryAnswer {

	@Override
	protected void see(Object body, ServerHttpRequest request, ServerHttpResponse response) {
		if (body instanceof Versioned resource) {
			response.getHeaders().setETag(EntityTag.of(resource.version()));
		}
	}

}
