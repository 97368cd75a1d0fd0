package io.latchkey.logins;

import java.time.Clock;
import java.util.List;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.logs.ServerLog;
import io.latchkey.conversation.protocol.NodeFacts;
import io.latchkey.inventory.Node;
import io.latchkey.ssh.NodeException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Reads what is new in the log of a node. */
@Component
class LogReader {

	private final Clock clock;

	LogReader(Clock clock) {
		this.clock = clock;
	}

	/**
	 * A log that cannot be told of is no fault of what else was asked, but the
	 * conversation is over then.
	 * @return null where the node has not told its time
	 */
	@Nullable NodeLog read(NodeConversation conversation, Node node, LoginLogRepository.ReadLog before) {
		ServerLog log;
		try {
			log = conversation.readLog(before.position());
		}
		catch (NodeException ex) {
			log = new ServerLog(ServerLog.Source.SYSLOG, List.of(), before.position(), false, ex.getMessage());
		}
		NodeFacts facts = conversation.facts().orElse(null);
		return (facts != null) ? new NodeLog(node.id(), node.name(), before, log, facts, this.clock.instant()) : null;
	}

}
