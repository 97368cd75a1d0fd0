package io.latchkey.inventory;

import java.util.List;

/**
 * The node cannot go: others are reached through it.
 */
public class JumpNodeInUseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String node;

	private final transient List<String> behind;

	JumpNodeInUseException(String node, List<String> behind) {
		super("%s is the jump node of %s".formatted(node, String.join(", ", behind)));
		this.node = node;
		this.behind = List.copyOf(behind);
	}

	public String node() {
		return this.node;
	}

	/** The names of those that are reached through it. */
	public List<String> behind() {
		return this.behind;
	}

}
