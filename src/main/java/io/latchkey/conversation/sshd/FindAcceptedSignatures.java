package io.latchkey.conversation.sshd;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Asks for the signature algorithms that sshd accepts from an account's keys, as far as
 * it says so: itself, where the login may ask it for its configuration, and else in the
 * handshake. None are answered when nothing is known.
 */
public record FindAcceptedSignatures(String account) implements Request<Set<String>> {

	private static final Pattern ACCEPTS = Pattern.compile("accepts (-|[A-Za-z0-9@.-]+(?:,[A-Za-z0-9@.-]+){0,200})");

	@Override
	public String text(Peer peer) {
		return "accepts %s\n".formatted(NodeScript.accountWord(this.account));
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD);
	}

	@Override
	public Set<String> read(Reply reply) throws IOException {
		String said = Grammar.only(ACCEPTS, reply.line(), "the signature algorithms that sshd accepts were expected");
		return "-".equals(said) ? reply.peer().signatures()
				: Arrays.stream(said.split(",")).collect(Collectors.toUnmodifiableSet());
	}

}
