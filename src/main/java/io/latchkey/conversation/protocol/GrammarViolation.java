package io.latchkey.conversation.protocol;

import io.latchkey.openssh.ShownText;

/**
 * An answer that is none.
 */
public final class GrammarViolation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int SHOWN = 200;

	private final String fault;

	public GrammarViolation(String fault) {
		super(fault);
		this.fault = fault;
	}

	public GrammarViolation(String expected, String line) {
		this("%s, not: %s".formatted(expected, ShownText.inOneLine(line.substring(0, Math.min(SHOWN, line.length())))));
	}

	public String fault() {
		return this.fault;
	}

}
