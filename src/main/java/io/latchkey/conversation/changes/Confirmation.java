package io.latchkey.conversation.changes;

import java.util.regex.Matcher;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;

/**
 * What became of a held change that was to be confirmed.
 */
public sealed interface Confirmation {

	/**
	 * @param word that says that it is as it was asked for
	 * @throws GrammarViolation when the line is none
	 */
	static Confirmation parse(String word, String line) {
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			return new Failed(failed.group(1), failed.group(2));
		}
		if (line.equals(word)) {
			return new Confirmed();
		}
		if ("gone".equals(line)) {
			return new Gone();
		}
		throw new GrammarViolation("'%s' or 'gone' was expected".formatted(word), line);
	}

	/** The new file stays, and nothing is left of the hold. */
	record Confirmed() implements Confirmation {

	}

	/**
	 * The node holds no such change: it has put the old file back, the file was changed
	 * since by somebody else, or the hold was never known. What stands there has to be
	 * observed.
	 */
	record Gone() implements Confirmation {

	}

	/**
	 * It could not be confirmed; the node puts the old file back in time.
	 *
	 * @param code as {@link WriteResult.Failed} has it
	 * @param detail what the node's tool said, one line
	 */
	record Failed(String code, String detail) implements Confirmation {

	}

}
