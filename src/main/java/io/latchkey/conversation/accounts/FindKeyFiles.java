package io.latchkey.conversation.accounts;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Asks sshd itself which files it reads for these accounts and what it makes of logins
 * there, and the node which of them cannot log in all the same. Where there is nobody to
 * ask (not as root, or another server than OpenSSH's), sshd's default is assumed; where
 * there is and it does not answer, that is said. Costs the node some milliseconds:
 * {@link Observation#sshdConfig()} tells when it is worth asking again.
 */
public record FindKeyFiles(List<String> accounts) implements Request<KeyFiles> {

	public FindKeyFiles {
		accounts = List.copyOf(accounts);
	}

	@Override
	public String text(Peer peer) {
		FileQuery.requireNotTooMany(this.accounts);
		StringBuilder text = new StringBuilder("files %d\n".formatted(this.accounts.size()));
		this.accounts.forEach((account) -> text.append("account %s\n".formatted(NodeScript.accountWord(account))));
		return text.toString();
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.ASK_SSHD);
	}

	@Override
	public KeyFiles read(Reply reply) throws IOException {
		KeyFiles files = new KeyFilesAnswer(reply::awaitLine).read(this.accounts);
		return mustBeKnown(files, reply.peer()) ? notFound(files, reply.peer()) : files;
	}

	/** An sshd that cannot be found can read any file. */
	private static boolean mustBeKnown(KeyFiles files, Peer peer) {
		return files.rules().isEmpty() && !files.patterns().isEmpty() && !peer.isOneAccount() && peer.isOpenSsh();
	}

	private KeyFiles notFound(KeyFiles files, Peer peer) {
		Map<String, Unanswered> unanswered = new HashMap<>();
		this.accounts.forEach(
				(account) -> unanswered.put(account, new Unanswered(Unanswered.Reason.NO_SSHD, peer.sshVersion())));
		return new KeyFiles(Map.of(), unanswered, Map.of(), files.strictModes(), files.obstacles());
	}

}
