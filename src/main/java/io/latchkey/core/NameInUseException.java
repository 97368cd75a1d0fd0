package io.latchkey.core;

/**
 * Another one of that kind has the name already.
 */
public class NameInUseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String kind;

	private final String name;

	public NameInUseException(String kind, String name) {
		super("The name '%s' is in use by another %s".formatted(name, kind));
		this.kind = kind;
		this.name = name;
	}

	public String kind() {
		return this.kind;
	}

	public String name() {
		return this.name;
	}

}
