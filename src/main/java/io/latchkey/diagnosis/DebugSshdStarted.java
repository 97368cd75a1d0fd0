package io.latchkey.diagnosis;

import io.latchkey.core.AuditableEvent;

/**
 * A second sshd was started on a node, for one try of a login.
 *
 * @param seconds after which it ended at the latest
 */
public record DebugSshdStarted(String nodeName, int port, int seconds) implements AuditableEvent {

	@Override
	public String action() {
		return "debug-sshd.started";
	}

	@Override
	public String subject() {
		return "node:" + this.nodeName;
	}

	@Override
	public String detail() {
		return "on port %d, for one login or %d seconds".formatted(this.port, this.seconds);
	}

}
