package io.latchkey.core;

import org.jspecify.annotations.Nullable;

/**
 * A change that has to have its record. Published as an application event inside the
 * transaction of the change, so that change and record are committed together.
 */
public interface AuditableEvent {

	/** Who did it; null for whom the thread works for. */
	default @Nullable Actor actor() {
		return null;
	}

	/** What was done, in the past tense, as {@code grant.issued}. */
	String action();

	/** On what, as {@code identity:alice}. */
	String subject();

	/** What of it, in a few words for a person. Never a secret. */
	String detail();

}
