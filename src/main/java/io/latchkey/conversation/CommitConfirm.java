package io.latchkey.conversation;

import java.time.Duration;

import io.latchkey.conversation.changes.ConfirmHold;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;

import org.springframework.stereotype.Component;

/**
 * Writes a file on trial: the node puts the old one back by itself, unless a fresh login
 * has proved the new one and the node was told so in time.
 */
@Component
public class CommitConfirm {

	/** How much later than asked the node may begin to wait: the answer's deadline. */
	private static final Duration MARGIN = Duration.ofSeconds(20);

	private final NodeConnector connector;

	private final Duration within;

	CommitConfirm(NodeConnector connector, ConfirmProperties properties) {
		this.connector = connector;
		this.within = properties.confirmWithin();
	}

	/** How long the node waits for the confirmation. */
	public Duration within() {
		return this.within;
	}

	/** For how long from now what is written on trial may still be put back. */
	public Duration doubt() {
		return this.within.plus(MARGIN);
	}

	/**
	 * @param conversation in which the file was observed
	 * @param login the fresh one, which the new file has to let in
	 * @throws NodeException when the conversation fails before the node has answered, or
	 * before it has confirmed what was proved; then nobody knows what stands there
	 */
	public Commit commit(NodeConversation conversation, WriteFile change, Endpoint endpoint, Login login) {
		WriteResult result = conversation.ask(change.onTrial(this.within));
		if (!(result instanceof WriteResult.Held held)) {
			return Commit.of(result);
		}
		if (!held.hash().equals(ContentHash.of(change.content()))) {
			return new Commit.TakenBack(new Commit.TakenBack.ReadBackOtherwise());
		}
		try {
			this.connector.prove(endpoint, login);
		}
		catch (NodeException ex) {
			return new Commit.TakenBack(new Commit.TakenBack.NotLetIn(ex));
		}
		return confirm(conversation, held, change);
	}

	/** By the conversation that wrote it, which costs the node the least. */
	private static Commit confirm(NodeConversation conversation, WriteResult.Held held, WriteFile change) {
		Confirmation confirmation = conversation.ask(new ConfirmHold(change.account(), change.path(), held.token()));
		if (confirmation instanceof Confirmation.Failed failed) {
			return new Commit.TakenBack(
					new Commit.TakenBack.NotConfirmed(new WriteResult.Failed(failed.code(), failed.detail())));
		}
		return (confirmation instanceof Confirmation.Confirmed)
				? new Commit.Done(held.hash(), held.strictModesFault(), true) : new Commit.LookAgain();
	}

}
