package io.latchkey.inventory;

/**
 * The name or the address was known by other host keys before: that these are right is
 * for an admin to say.
 */
public class FormerHostKeysException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final transient FormerHostKeys former;

	FormerHostKeysException(String node, FormerHostKeys former) {
		super("The node '%s' shows another host key than the former '%s' at %s port %d".formatted(node, former.name(),
				former.place(), former.port()));
		this.node = node;
		this.former = former;
	}

	public String node() {
		return this.node;
	}

	/** Whose host keys were others. */
	public FormerHostKeys former() {
		return this.former;
	}

}
