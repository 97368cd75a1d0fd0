package io.latchkey.conversation.protocol;

import java.io.IOException;

/** Brings further words of the script. Answers nothing of note. */
public record LearnWords(NodeScript.Words further) implements Request<String> {

	@Override
	public String text(Peer peer) {
		return "learn %d\n".formatted(content().length);
	}

	@Override
	public byte[] content() {
		return this.further.text();
	}

	@Override
	public String read(Reply reply) throws IOException {
		String line = reply.line();
		if (!"learned".equals(line)) {
			throw new GrammarViolation("'learned' was expected", line);
		}
		return line;
	}

}
