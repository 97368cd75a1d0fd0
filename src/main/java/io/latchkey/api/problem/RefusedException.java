package io.latchkey.api.problem;

import java.util.Map;

import org.springframework.http.HttpStatus;

/**
 * A request is refused before any feature saw it, such as one too many.
 */
public final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private final String slug;

	private final transient Map<String, String> headers;

	private final transient Object[] arguments;

	/**
	 * @param slug of the problem's type and texts
	 * @param headers that the answer carries
	 * @param arguments fill the placeholders of the detail
	 */
	public RefusedException(HttpStatus status, String slug, Map<String, String> headers, Object... arguments) {
		super(slug);
		this.status = status;
		this.slug = slug;
		this.headers = headers;
		this.arguments = arguments;
	}

	HttpStatus status() {
		return this.status;
	}

	String slug() {
		return this.slug;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	Object[] arguments() {
		return this.arguments;
	}

}
