package io.latchkey.conversation;

import java.io.IOException;
import java.util.function.Consumer;

import io.latchkey.conversation.protocol.ContentRoom;
import io.latchkey.conversation.protocol.ConversationFailures;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.Noise;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.SshConnection;

/**
 * What is said and heard in one conversation: one exchange after the other, until one
 * fails or the conversation ends. After that there is none.
 */
final class Exchanges {

	private final SshConnection connection;

	private final ScriptChannel script;

	private final ConversationFailures failures;

	private final ContentRoom.Share room;

	private final Consumer<SshConnection> afterwards;

	private boolean over;

	/**
	 * @param afterwards what is done with the connection where all went well
	 */
	Exchanges(SshConnection connection, ScriptChannel script, ConversationFailures failures, ContentRoom.Share room,
			Consumer<SshConnection> afterwards) {
		this.connection = connection;
		this.script = script;
		this.failures = failures;
		this.room = room;
		this.afterwards = afterwards;
	}

	/**
	 * Says something and reads what follows.
	 */
	@FunctionalInterface
	interface Exchange<T> {

		T run() throws IOException;

	}

	/**
	 * Within its deadlines. One that fails is the last, but for a file that cannot be
	 * read.
	 */
	<T> T run(Exchange<T> exchange) {
		requireGoingOn();
		try {
			this.connection.expectAnswer();
			T said = exchange.run();
			this.connection.expectNothing();
			return said;
		}
		catch (NodeException.FileUnreadable ex) {
			this.connection.expectNothing();
			throw ex;
		}
		catch (GrammarViolation ex) {
			throw breakOff(this.failures.unreadable(ex.fault()));
		}
		catch (Noise.TooMuch ex) {
			throw breakOff(this.script.drowned(ex));
		}
		catch (NodeException ex) {
			throw breakOff(ex);
		}
		catch (IOException ex) {
			throw breakOff(this.script.ended(ex));
		}
	}

	private NodeException breakOff(NodeException failure) {
		this.over = true;
		this.room.close();
		this.connection.close();
		return this.connection.noted(failure);
	}

	void requireGoingOn() {
		if (this.over) {
			throw new IllegalStateException("The conversation is over");
		}
	}

	boolean areOver() {
		return this.over;
	}

	void end() {
		if (this.over) {
			return;
		}
		this.over = true;
		this.room.close();
		this.connection.expectAnswer();
		this.script.close();
		if (this.script.isUnderstood() && this.connection.isUp()) {
			this.afterwards.accept(this.connection);
		}
		else {
			this.connection.close();
		}
	}

}
