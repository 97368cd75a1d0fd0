package io.latchkey.core;

/**
 * The thing was changed by somebody else since it was read.
 */
public class VersionConflictException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public VersionConflictException(String kind, String name) {
		super("The %s '%s' was changed since it was read".formatted(kind, name));
	}

}
