package io.latchkey.core;

/**
 * Another one of that kind has the name already.
 */
public class NameInUseException extends NamedException {

	private static final long serialVersionUID = 1L;

	public NameInUseException(String kind, String name) {
		super("The name '%s' is in use by another %s".formatted(name, kind), kind, name);
	}

}
