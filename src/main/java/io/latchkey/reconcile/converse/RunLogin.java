package io.latchkey.reconcile.converse;

import java.time.Instant;

import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.KeyMove;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;

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
			return this.move.connect(login, (each) -> this.connector.connectAfresh(endpoint, each));
		}
		if (this.input.isInDoubtAt(this.startedAt) || this.input.mayBeClear()) {
			return this.connector.connectAfresh(endpoint, login);
		}
		return switch (this.input.row().demand().trigger()) {
			case CHANGE, WINDOW -> this.connector.connect(endpoint, login);
			case DRIFT_CHECK, RETRY, MANUAL -> this.connector.connectAfresh(endpoint, login);
		};
	}

}
