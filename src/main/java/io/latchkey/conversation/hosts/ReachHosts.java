package io.latchkey.conversation.hosts;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.latchkey.conversation.protocol.Grammar;
import io.latchkey.conversation.protocol.GrammarViolation;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.conversation.protocol.Peer;
import io.latchkey.conversation.protocol.Reply;
import io.latchkey.conversation.protocol.Request;

/**
 * Logs in from the node to others, as an account of the node does by its own {@code ssh},
 * without a question. Answers for each host that was tried what {@code ssh} said; empty
 * where it was let in.
 *
 * @param hosts names of at most 200 hosts as the account would write them
 */
public record ReachHosts(String account, List<String> hosts) implements Request<Map<String, String>> {

	private static final Pattern REACHED = Pattern.compile("reached (\\d{1,5}) (?:ok|failed ([^\\p{Cntrl}]{1,400}))");

	public ReachHosts {
		hosts = List.copyOf(hosts);
	}

	@Override
	public String text(Peer peer) {
		StringBuilder text = new StringBuilder(
				"reach %s %d\n".formatted(NodeScript.accountWord(this.account), this.hosts.size()));
		this.hosts.forEach((host) -> text.append("host %s\n".formatted(NodeScript.requireHost(host))));
		return text.toString();
	}

	@Override
	public List<NodeScript.Words> words() {
		return List.of(NodeScript.Words.SELDOM);
	}

	@Override
	public Map<String, String> read(Reply reply) throws IOException {
		Map<String, String> said = new LinkedHashMap<>();
		reply.linesBefore("tried", this.hosts.size(), (line) -> {
			Matcher reached = REACHED.matcher(line);
			if (!reached.matches()) {
				throw noneTried(line);
			}
			String host = this.hosts.get(Grammar.index(reached.group(1), this.hosts.size(), line));
			said.put(host, (reached.group(2) != null) ? reached.group(2) : "");
		});
		return said;
	}

	private static GrammarViolation noneTried(String line) {
		Matcher failed = Grammar.FAILED.matcher(line);
		return failed.matches() ? new GrammarViolation("no host was tried: " + failed.group(2))
				: new GrammarViolation("'reached' or 'tried' was expected", line);
	}

}
