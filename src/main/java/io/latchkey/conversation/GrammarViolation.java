package io.latchkey.conversation;

import io.latchkey.openssh.ShownText;

/**
 * An answer that is none.
 */
final class GrammarViolation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int SHOWN = 200;

	private final String fault;

	GrammarViolation(String fault) {
		super(fault);
		this.fault = fault;
	}

	GrammarViolation(String expected, String line) {
		this("%s, not: %s".formatted(expected, ShownText.inOneLine(line.substring(0, Math.min(SHOWN, line.length())))));
	}

	String fault() {
		return this.fault;
	}

}
