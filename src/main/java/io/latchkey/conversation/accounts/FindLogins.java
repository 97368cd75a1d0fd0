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
 * Asks which accounts could log in; not with the rights of one account alone.
 *
 * @param most how many are to be named, up to 1,000
 */
public record FindLogins(int most) implements Request<LoginAccounts> {

	private static final Pattern LOGIN = Pattern.compile("login ([A-Za-z0-9._@+$-]{1,256})");

	private static final Pattern LOGINS = Pattern.compile("logins (\\d{1,5}|-)");

	@Override
	public String text(Peer peer) {
		return "logins %d\n".formatted(this.most);
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD);
	}

	@Override
	public LoginAccounts read(Reply reply) throws IOException {
		List<String> names = new ArrayList<>();
		String last = Grammar.namesBefore(LOGIN, this.most, names::add, reply);
		String left = Grammar.only(LOGINS, last, "'login' or 'logins' was expected");
		boolean whole = !"-".equals(left);
		return new LoginAccounts(names, whole ? Integer.parseInt(left) : 0, whole);
	}

}
