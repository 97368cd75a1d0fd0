package io.latchkey.delivery;

import io.latchkey.core.AuditableEvent;

/**
 * Somebody has seen to sessions that were not ended.
 *
 * @param places on how many accounts of nodes
 */
public record SessionsSeen(String identity, int places) implements AuditableEvent {

	@Override
	public String action() {
		return "sessions.seen";
	}

	@Override
	public String subject() {
		return "identity:" + this.identity;
	}

	@Override
	public String detail() {
		return "%d places".formatted(this.places);
	}

}
