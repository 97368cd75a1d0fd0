package io.latchkey.reconcile.converse;

import java.time.Instant;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;

/** How a run comes to talk to its node: by a session that was kept, or by a login. */
final class RunLogin {

	private final NodeConnector connector;

	private final RunInput input;

	private final KeyMove move;

	private final Instant startedAt;

	RunLogin(NodeConnector connector, RunInput input, KeyMove move, Instant startedAt) {
		this.connector = connector;
		this.input = input;
		this.move = move;
		this.startedAt = startedAt;
	}

	/**
	 * A check proves that the node lets Latchkey in; a change may use what was kept. What
	 * stands on trial must not be built upon before a login has proved it: the node would
	 * then put the trial back instead of what was there before.
	 */
	NodeConversation connect(Endpoint endpoint, Login login) {
		if (this.move.isUnderWay()) {
			return connectMoving(endpoint, login);
		}
		if (this.input.isInDoubtAt(this.startedAt) || this.input.mayHaveLeft()) {
			return this.connector.connectAfresh(endpoint, login);
		}
		return switch (this.input.row().trigger()) {
			case CHANGE, WINDOW -> this.connector.connect(endpoint, login);
			case DRIFT_CHECK, RETRY, MANUAL -> this.connector.connectAfresh(endpoint, login);
		};
	}

	/**
	 * By the newest key, and where that is refused, by the one before.
	 */
	private NodeConversation connectMoving(Endpoint endpoint, Login login) {
		try {
			NodeConversation conversation = this.connector.connectAfresh(endpoint, this.move.byNewest(login));
			this.move.noteLetIn();
			return conversation;
		}
		catch (NodeException.NotLetIn | NodeException.TriedTooOften ex) {
			return this.connector.connectAfresh(endpoint, this.move.byOlder(login));
		}
		catch (NodeException.AgentUnavailable ex) {
			NodeConversation conversation = this.connector.connectAfresh(endpoint, this.move.byOlder(login));
			this.move.putOff();
			return conversation;
		}
	}

}
