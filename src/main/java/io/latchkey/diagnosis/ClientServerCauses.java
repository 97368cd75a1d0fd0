package io.latchkey.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.latchkey.core.ShellWord;
import io.latchkey.diagnosis.client.ClientStory;
import io.latchkey.diagnosis.client.OfferedKey;
import io.latchkey.inventory.Node;

/**
 * Causes of a failed login between the client and the server, before any key is looked
 * at.
 */
final class ClientServerCauses {

	private static final int SSH_PORT = 22;

	private static final String HOST_KEY = "host-key";

	private static final String SERVER = "server";

	private ClientServerCauses() {
	}

	/** What the client makes of the server's own key. */
	static List<ClientCause> ofHostKey(ClientCase tried) {
		List<String> changed = tried.lines("REMOTE HOST IDENTIFICATION HAS CHANGED", "POTENTIAL SECURITY BREACH",
				"does not match the one", "Host key not in manually configured list");
		List<String> unknown = tried.lines("Host key verification failed", "host key is known for",
				"host key is not cached", "Cannot confirm a host key in batch mode");
		if (changed.isEmpty() && unknown.isEmpty()) {
			return List.of();
		}
		String shown = (tried.story().hostKey() != null) ? tried.story().hostKey().value() : "";
		String code = "host-key." + (changed.isEmpty() ? "unknown" : "changed") + standing(tried);
		return List.of(ClientCause.problem(HOST_KEY, code, changed.isEmpty() ? unknown : changed, tried.hostName(),
				shown, tried.nodeName(), pinned(tried.node()), knownAs(tried.story())));
	}

	private static String standing(ClientCase tried) {
		Node node = tried.node();
		if (node == null || node.hostKeys().isEmpty() || tried.story().hostKey() == null) {
			return "";
		}
		return tried.isPinned() ? ".pinned" : ".other";
	}

	private static String pinned(@org.jspecify.annotations.Nullable Node node) {
		return (node != null) ? node.hostKeys()
			.stream()
			.map((key) -> key.key().fingerprint().value())
			.sorted()
			.collect(Collectors.joining(", ")) : "";
	}

	/** As the client looks it up (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
	private static String knownAs(ClientStory story) {
		String host = String.valueOf(story.host());
		String name = (story.port() == SSH_PORT) ? host : "[%s]:%d".formatted(host, story.port());
		return ShellWord.quoted(name);
	}

	/** The connection ended, and the server said nothing of why. */
	static List<ClientCause> ofTheEnd(ClientCase tried) {
		ClientStory story = tried.story();
		List<ClientCause> causes = new ArrayList<>();
		List<String> closed = tried.lines("Connection closed by", "Connection reset by", "closed by remote host",
				"Software caused connection abort", "unexpectedly closed network connection", "Broken pipe");
		if (!closed.isEmpty()) {
			String code = (story.server() == null) ? "closed.before" : story.isOffered(OfferedKey.Answer.ACCEPTED)
					? "closed.after-key" : story.methods().isEmpty() ? "closed.kex" : "closed.during";
			causes.add(ClientCause.problem(SERVER, code, closed, tried.hostName(), tried.accountName()));
		}
		else if (tried.says("expecting SSH2_MSG_KEX") && !tried.says("Server host key: ", "Unable to negotiate")) {
			causes
				.add(ClientCause.problem(SERVER, "kex-stuck", tried.lines("expecting SSH2_MSG_KEX"), tried.hostName()));
		}
		List<String> said = tried.lines("Received disconnect from ");
		if (causes.isEmpty() && !said.isEmpty()) {
			causes.add(ClientCause.problem(SERVER, "disconnect", said, tried.hostName()));
		}
		return causes;
	}

}
