package io.latchkey.logins;

import io.latchkey.core.AuditableEvent;

/**
 * One live session was ended, had ended before, or stays.
 */
public record SessionEnded(String node, String account, long process, EndOfSession end) implements AuditableEvent {

	@Override
	public String action() {
		return switch (this.end.outcome()) {
			case ENDED -> "session.ended";
			case GONE -> "session.gone";
			case STAYS -> "session.stays";
		};
	}

	@Override
	public String subject() {
		return "node:" + this.node;
	}

	@Override
	public String detail() {
		String which = "of %s, process %d".formatted(this.account, this.process);
		return (this.end.why() != null) ? which + ": " + this.end.why() : which;
	}

}
