package io.latchkey.secrets;

import io.latchkey.core.AuditableEvent;

/**
 * A data key is wrapped under another outer key.
 */
record DataKeyMoved(String id, String from, String to) implements AuditableEvent {

	@Override
	public String action() {
		return "data-key.moved";
	}

	@Override
	public String subject() {
		return "data-key:" + this.id;
	}

	@Override
	public String detail() {
		return this.from + " → " + this.to;
	}

}
