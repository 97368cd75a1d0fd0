package io.latchkey.conversation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks which accounts there are, whether or not they could log in; not with the rights of
 * one account alone.
 *
 * @param most how many are to be named: with more, they are not known as a whole
 */
public record FindAccounts(int most) implements Request<AllAccounts> {

	private static final Pattern NAME = Pattern.compile("name ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern ACCOUNTS = Pattern.compile("accounts (whole|part)");

	@Override
	public String text(Peer peer) {
		return "accounts %d\n".formatted(this.most);
	}

	@Override
	public Optional<NodeScript.Words> words() {
		return Optional.of(NodeScript.Words.ASK_SSHD);
	}

	@Override
	public AllAccounts read(Reply reply) throws IOException {
		List<String> names = new ArrayList<>();
		String last = Grammar.namesBefore(NAME, this.most, names::add, reply);
		return new AllAccounts(names,
				"whole".equals(Grammar.only(ACCOUNTS, last, "'name' or 'accounts' was expected")));
	}

}
