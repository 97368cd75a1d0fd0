package io.latchkey.reconcile;

import java.time.Duration;

import io.latchkey.conversation.Confirmation;
import io.latchkey.conversation.ContentHash;
import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.WriteResult;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.Findings;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;

import org.springframework.stereotype.Component;

/**
 * Writes a file on trial: the node puts the old one back by itself, unless a fresh login
 * has proved the new one and said so in time.
 */
@Component
public class CommitConfirm {

	/** How much later than asked the node may begin to wait: the answer's deadline. */
	private static final Duration MARGIN = Duration.ofSeconds(20);

	private final NodeConnector connector;

	private final Findings findings;

	private final AccountFilesRepository files;

	private final Duration within;

	CommitConfirm(NodeConnector connector, Findings findings, AccountFilesRepository files,
			ReconcileProperties properties) {
		this.connector = connector;
		this.findings = findings;
		this.files = files;
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
	 * @throws NodeException when the conversation fails before the node has answered
	 */
	public Commit commit(NodeConversation conversation, KeyFileChange change, Endpoint endpoint, Login login) {
		WriteResult result = conversation.hold(change.account(), change.path(), change.expectedHash(), change.content(),
				this.within);
		if (result instanceof WriteResult.Failed failed) {
			return new Commit.NotWritten(failed);
		}
		return (result instanceof WriteResult.Held held) ? prove(held, change, endpoint, login)
				: new Commit.LookAgain();
	}

	/**
	 * Notes, in the transaction of the caller, that the account's file lets Latchkey in
	 * as it was committed: the next write to it is an ordinary one.
	 */
	public void noteProved(NodeId node, String account, String file) {
		this.files.noteConfirmed(node, account, file);
	}

	private Commit prove(WriteResult.Held held, KeyFileChange change, Endpoint endpoint, Login login) {
		if (!held.hash().equals(ContentHash.of(change.content()))) {
			return new Commit.TakenBack(this.findings.text("write.read-back", change.account(), change.path()));
		}
		try (NodeConversation fresh = this.connector.connectAfresh(endpoint, login)) {
			Confirmation confirmation = fresh.confirm(change.account(), change.path(), held.token());
			if (confirmation instanceof Confirmation.Failed failed) {
				return new Commit.TakenBack(this.findings.of(new WriteResult.Failed(failed.code(), failed.detail()),
						change.account(), change.path()));
			}
			return (confirmation instanceof Confirmation.Confirmed)
					? new Commit.Done(held.hash(), held.strictModesFault(), true) : new Commit.LookAgain();
		}
		catch (NodeException ex) {
			return new Commit.TakenBack(this.findings.of(ex));
		}
	}

}
