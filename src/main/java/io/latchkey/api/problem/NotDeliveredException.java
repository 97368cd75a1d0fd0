package io.latchkey.api.problem;

import java.net.URI;

/**
 * A grant was issued, changed or revoked, and is not as far on its nodes as the caller
 * required.
 */
public final class NotDeliveredException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String slug;

	private final URI location;

	private final transient Object grant;

	private final transient Object delivery;

	/**
	 * @param slug of the problem's type and texts
	 * @param location of the grant
	 * @param grant as the API answers it
	 * @param delivery how far it has come, as the API answers it
	 */
	public NotDeliveredException(String slug, URI location, Object grant, Object delivery) {
		super(slug);
		this.slug = slug;
		this.location = location;
		this.grant = grant;
		this.delivery = delivery;
	}

	String slug() {
		return this.slug;
	}

	URI location() {
		return this.location;
	}

	Object grant() {
		return this.grant;
	}

	Object delivery() {
		return this.delivery;
	}

}
