package io.latchkey.conversation.protocol;

import io.latchkey.ssh.SshConnection;

/**
 * By when a node has to have answered.
 */
public interface Deadlines {

	/** Something is to come from now on; each time anew. */
	void expectAnswer();

	/** The node is not to be blamed for what passes now. */
	void expectNothing();

	static Deadlines of(SshConnection connection) {
		return new Deadlines() {

			@Override
			public void expectAnswer() {
				connection.expectAnswer();
			}

			@Override
			public void expectNothing() {
				connection.expectNothing();
			}

		};
	}

}
