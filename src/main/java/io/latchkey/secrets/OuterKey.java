package io.latchkey.secrets;

/**
 * A key outside the database, under which the data keys in it are wrapped.
 */
interface OuterKey {

	/** Tells it apart from all others, and tells nothing of it. */
	String id();

	/** Where it comes from, in a person's words. */
	String source();

	/**
	 * @param context the same has to be given to unwrap
	 */
	String wrap(SymmetricKey key, String context);

	/**
	 * @throws SecretUnreadableException when it was wrapped under another key or changed
	 */
	SymmetricKey unwrap(String wrapped, String context);

}
