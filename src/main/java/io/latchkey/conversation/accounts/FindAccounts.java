package io.latchkey.conversation.accounts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

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
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD);
	}

	@Override
	public AllAccounts read(Reply reply) throws IOException {
		List<String> names = new ArrayList<>();
		String last = Grammar.namesBefore(NAME, this.most, names::add, reply);
		return new AllAccounts(names,
				"whole".equals(Grammar.only(ACCOUNTS, last, "'name' or 'accounts' was expected")));
	}

}
