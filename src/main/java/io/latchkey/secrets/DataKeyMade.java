package io.latchkey.secrets;

import io.latchkey.core.AuditableEvent;

/**
 * A new data key seals from now on.
 */
record DataKeyMade(String id, String outerKey) implements AuditableEvent {

	@Override
	public String action() {
		return "data-key.made";
	}

	@Override
	public String subject() {
		return "data-key:" + this.id;
	}

	@Override
	public String detail() {
		return "under " + this.outerKey;
	}

}
