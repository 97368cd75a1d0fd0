package io.latchkey.core;

/**
 * There is nothing of that kind by that name.
 */
public class NotFoundException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String kind;

	private final String name;

	/**
	 * @param kind the kind in lower case, such as {@code node}
	 * @param name the name or id that was asked for
	 */
	public NotFoundException(String kind, String name) {
		super("There is no %s '%s'".formatted(kind, name));
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
