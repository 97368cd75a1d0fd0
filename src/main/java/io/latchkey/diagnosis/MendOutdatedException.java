package io.latchkey.diagnosis;

/**
 * Things stand otherwise on the node than was shown, or than they were left: nothing was
 * done.
 */
public class MendOutdatedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	MendOutdatedException(String node) {
		super("Something else stands on '%s' by now".formatted(node));
	}

}
