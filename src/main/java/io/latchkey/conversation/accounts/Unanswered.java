package io.latchkey.conversation.accounts;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.core.KebabCase;

/**
 * Why it is not known which files a node's sshd reads for an account. It is never taken
 * for the default: whoever writes then writes where sshd does not look.
 *
 * @param detail what sshd or the node said, in one line
 */
public record Unanswered(Reason reason, String detail) {

	private static final Pattern FORM = Pattern.compile("(no-program|failed|not-understood) ([^\\p{Cntrl}]{1,400})");

	/** What kept it from being known. */
	public enum Reason {

		/** sshd runs, but its program is not there to be asked. */
		NO_PROGRAM,
		/** {@code sshd -T} failed. */
		FAILED,
		/** What it said is not understood. */
		NOT_UNDERSTOOD,
		/** The node's banner is OpenSSH's, but no sshd is found that serves the login. */
		NO_SSHD,
		/** sshd reads only what patterns find, and no name follows from them. */
		ONLY_GLOBS

	}

	/** sshd reads these patterns alone. */
	public static Unanswered onlyGlobs(List<String> patterns) {
		return new Unanswered(Reason.ONLY_GLOBS, String.join(" ", patterns));
	}

	/**
	 * Reads {@code <reason> <detail>}.
	 * @throws GrammarViolation when the text is none
	 */
	static Unanswered parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw new GrammarViolation("why sshd could not be asked was expected", text);
		}
		return new Unanswered(KebabCase.constant(Reason.class, matcher.group(1)), matcher.group(2));
	}

}
