package io.latchkey.api.answer;

/**
 * A resource that says which version of it this is; its answer carries the
 * {@link EntityTag}.
 */
public interface Versioned {

	/** Counts the changes that callers made; what changes by itself does not count. */
	long version();

}
