package io.latchkey.api.query;

/**
 * The resource is not, or no longer, the one that the caller's {@code If-Match} or
 * {@code If-None-Match} names.
 */
public final class PreconditionFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PreconditionFailedException() {
		super("The precondition does not hold");
	}

}
