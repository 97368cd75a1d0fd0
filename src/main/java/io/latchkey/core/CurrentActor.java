package io.latchkey.core;

/**
 * Tells on whose behalf the calling thread works.
 */
@FunctionalInterface
public interface CurrentActor {

	/**
	 * The actor of the calling thread; {@link Actor#SYSTEM} where nobody is signed in.
	 */
	Actor get();

	/**
	 * Whether it may do everything; Latchkey itself decides nothing that an admin does.
	 */
	default boolean mayAdminister() {
		return false;
	}

}
