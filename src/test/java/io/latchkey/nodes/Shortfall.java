package io.latchkey.nodes;

/**
 * What a node did not do as it should, for the table.
 */
final class Shortfall extends RuntimeException {

	private static final long serialVersionUID = 1L;

	Shortfall(String what) {
		super(what);
	}

	static void unless(boolean holds, String what, Object... arguments) {
		if (!holds) {
			throw new Shortfall(what.formatted(arguments));
		}
	}

}
