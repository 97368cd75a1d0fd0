package io.latchkey.conversation.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.core.KebabCase;

/**
 * Why logins as an account fail whatever the key, as far as its node can tell. Its text
 * is {@code locked}, {@code expired} or {@code shell <path>}.
 *
 * @param shell the login shell that lets nobody in; empty for the other kinds
 */
public record LoginObstacle(Kind kind, String shell) {

	private static final Pattern FORM = Pattern.compile("(locked|expired)|(shell|no-shell) (/[^\\p{Cntrl}]{0,500})");

	/** What stands in the way. */
	public enum Kind {

		/** The password is locked, and sshd does not leave that to PAM. */
		LOCKED,
		/** The account's last day is over. */
		EXPIRED,
		/** The login shell is there to turn people away; sshd takes keys all the same. */
		SHELL,
		/** The login shell is missing or no program: sshd takes no key. */
		NO_SHELL

	}

	/**
	 * @throws GrammarViolation when the text is none
	 */
	public static LoginObstacle parse(String text) {
		return find(text).orElseThrow(() -> new GrammarViolation("locked, expired or a shell was expected", text));
	}

	/** The same; nothing when the text is none. */
	public static Optional<LoginObstacle> find(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of((matcher.group(1) != null)
				? new LoginObstacle(Kind.valueOf(text.toUpperCase(Locale.ROOT)), "")
				: new LoginObstacle("shell".equals(matcher.group(2)) ? Kind.SHELL : Kind.NO_SHELL, matcher.group(3)));
	}

	/** Whether sshd refuses every key for it. */
	public boolean refusesKeys() {
		return this.kind != Kind.SHELL;
	}

	@Override
	public String toString() {
		String kind = KebabCase.of(this.kind);
		return this.shell.isEmpty() ? kind : kind + " " + this.shell;
	}

}
