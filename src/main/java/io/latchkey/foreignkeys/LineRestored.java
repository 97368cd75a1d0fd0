package io.latchkey.foreignkeys;

import io.latchkey.core.AuditableEvent;

/** A removed line is kept on its account again. */
public record LineRestored(String nodeName, String line) implements AuditableEvent {

	@Override
	public String action() {
		return "line.restored";
	}

	@Override
	public String subject() {
		return "node:" + this.nodeName;
	}

	@Override
	public String detail() {
		return this.line;
	}

}
