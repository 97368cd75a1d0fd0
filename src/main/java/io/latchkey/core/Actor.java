package io.latchkey.core;

/**
 * Who makes a change, and by which way in.
 *
 * @param name the user's or the token's name
 * @param via the way in
 */
public record Actor(String name, Via via) {

	/** Latchkey itself: a scheduled run, the first start. */
	public static final Actor SYSTEM = new Actor("latchkey", Via.SYSTEM);

	/** The way in. */
	public enum Via {

		WEB, API, SYSTEM

	}

}
