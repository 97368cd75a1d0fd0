package io.latchkey.core;

/** Something is the matter with what a name stands for. */
public abstract class NamedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String kind;

	private final String name;

	/**
	 * @param kind the kind in lower case, such as {@code node}
	 * @param name the name or id that was asked for
	 */
	protected NamedException(String message, String kind, String name) {
		super(message);
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
