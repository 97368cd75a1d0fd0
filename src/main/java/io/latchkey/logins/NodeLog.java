package io.latchkey.logins;

import java.time.Instant;

import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What one visit read of a node's log.
 *
 * @param before how far it had been read
 * @param at when it was read
 */
record NodeLog(NodeId node, String name, LoginLogRepository.ReadLog before, ServerLog log, NodeFacts facts,
		Instant at) {

	LoggedEvents events() {
		return LoggedEvents.of(this.log, this.facts,
				"-".equals(this.before.position().request()) ? this.before.readUntil() : null, this.at);
	}

	/** How far it was read by now. */
	LoginLogRepository.ReadLog after(LoggedEvents events) {
		Instant until = (events.until() != null) ? events.until() : this.before.readUntil();
		boolean gap = this.log.gap();
		return new LoginLogRepository.ReadLog(this.node, this.log.next(), this.at, until, this.log.failure(),
				gap ? this.before.readUntil() : this.before.gapFrom(), gap ? this.at : this.before.gapUntil(),
				knownFrom(events));
	}

	/** A first look reads back as far as it may; behind a gap all begins anew. */
	private @Nullable Instant knownFrom(LoggedEvents events) {
		if (this.log.failure() != null || this.before.knownFrom() != null && !this.log.gap()) {
			return this.before.knownFrom();
		}
		return (events.from() != null) ? events.from() : this.at;
	}

}
