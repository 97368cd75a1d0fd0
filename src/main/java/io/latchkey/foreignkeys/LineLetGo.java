package io.latchkey.foreignkeys;

import io.latchkey.core.AuditableEvent;

/** A restored line is kept no longer. */
public record LineLetGo(String nodeName, String line) implements AuditableEvent {

	@Override
	public String action() {
		return "line.let-go";
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
