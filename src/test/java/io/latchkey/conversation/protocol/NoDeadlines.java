package io.latchkey.conversation.protocol;

/** Where a node may take as long as it likes. */
public final class NoDeadlines implements Deadlines {

	@Override
	public void expectAnswer() {
		// there is none that could pass
	}

	@Override
	public void expectNothing() {
		// as above
	}

}
