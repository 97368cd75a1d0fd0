package io.latchkey.core;

/**
 * There is nothing of that kind by that name.
 */
public class NotFoundException extends NamedException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param kind the kind in lower case, such as {@code node}
	 * @param name the name or id that was asked for
	 */
	public NotFoundException(String kind, String name) {
		super("There is no %s '%s'".formatted(kind, name), kind, name);
	}

}
