package io.latchkey.conversation.sessions;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Answers;
import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;

/**
 * Asks which accounts have live sessions.
 *
 * @param most how many are to be named
 */
record FindSessionAccounts(int most) implements SessionRequest<FindSessionAccounts.Found> {

	private static final Pattern ACCOUNT = Pattern.compile("account ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern END = Pattern.compile("accounts (\\d{1,6})");

	@Override
	public String text() {
		return "accounts %d\n".formatted(this.most);
	}

	@Override
	public Found read(Answers answers, ZoneOffset zone) throws IOException {
		List<String> names = new ArrayList<>();
		String line = answers.line();
		for (Matcher account = ACCOUNT.matcher(line); account.matches(); account = ACCOUNT.matcher(line)) {
			if (names.size() == this.most || !NodeScript.isAccount(account.group(1))) {
				throw new GrammarViolation("at most %d accounts were expected".formatted(this.most), line);
			}
			names.add(account.group(1));
			line = answers.line();
		}
		Matcher failed = Grammar.FAILED.matcher(line);
		if (failed.matches()) {
			throw new SessionsUnavailable(failed.group(2));
		}
		return new Found(names, Integer.parseInt(Grammar.only(END, line, "an account was expected")));
	}

	/**
	 * The accounts.
	 *
	 * @param others how many sessions are of others, which are not named
	 */
	record Found(List<String> names, int others) {

	}

}
