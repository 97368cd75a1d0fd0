package io.latchkey.delivery;

import io.latchkey.core.AuditableEvent;

/**
 * It was asked that live sessions be ended.
 *
 * @param of what they hang on, as {@code grant:5} or {@code identity:alice}
 * @param places how many keys on accounts of nodes may have opened them
 */
public record SessionsEndAsked(String of, int places) implements AuditableEvent {

	@Override
	public String action() {
		return "sessions.end-asked";
	}

	@Override
	public String subject() {
		return this.of;
	}

	@Override
	public String detail() {
		return "%d keys in place".formatted(this.places);
	}

}
