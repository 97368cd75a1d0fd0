package io.latchkey.diagnosis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.NodeMemory;
import io.latchkey.nodestate.NodeMemoryReader;
import io.latchkey.nodestate.RememberedFiles;

import org.springframework.stereotype.Component;

/**
 * By what it is seen that the logins of accounts stand as they did: their files, sshd's
 * configuration, who is there, and whether only root may log in. All of it by one
 * request, as a check looks at it.
 */
@Component
class AccountSights {

	private static final List<String> NOLOGIN = List.of("/etc/nologin", "/run/nologin");

	private final NodeMemoryReader memories;

	AccountSights(NodeMemoryReader memories) {
		this.memories = memories;
	}

	/** What there is to look at. */
	Asked of(NodeId node, List<String> accounts) {
		NodeMemory memory = this.memories.of(Set.of(node)).get(node);
		Map<String, List<String>> patterns = new HashMap<>();
		for (String account : accounts) {
			RememberedFiles known = (memory != null) ? memory.files().get(account) : null;
			List<String> files = (known != null) ? known.patterns() : null;
			patterns.put(account, (files != null) ? files : List.of(FileQuery.DEFAULT_PATH_PATTERN));
		}
		return new Asked(patterns);
	}

	/**
	 * The accounts, and where sshd reads their keys as far as that is known.
	 */
	record Asked(Map<String, List<String>> patterns) {

		/** By account; those without cannot be told by anything. */
		Map<String, String> look(NodeConversation conversation) {
			List<FileQuery> queries = new ArrayList<>();
			this.patterns.forEach((account, files) -> files
				.forEach((pattern) -> queries.add(FileQuery.read(account, pattern, conversation.sshVersion()))));
			this.patterns.keySet()
				.stream()
				.limit(1)
				.forEach((account) -> NOLOGIN.forEach((path) -> queries.add(FileQuery.at(account, path))));
			Observation observation = conversation.ask(new ObserveFiles(queries));
			return (observation.sshdConfig() != null) ? told(observation) : Map.of();
		}

		private static Map<String, String> told(Observation observation) {
			Map<String, StringBuilder> told = new HashMap<>();
			StringBuilder nologin = new StringBuilder();
			for (ObservedFile file : observation.accounts()) {
				boolean isForAll = file.path() != null && NOLOGIN.contains(file.path());
				StringBuilder of = isForAll ? nologin
						: told.computeIfAbsent(file.account(), (account) -> new StringBuilder());
				of.append(file).append('\n');
			}
			Map<String, String> hashes = new HashMap<>();
			told.forEach((account, text) -> hashes.put(account,
					ContentHash
						.of((observation.facts().sshVersion() + "\n" + observation.sshdConfig() + "\n" + nologin + text)
							.getBytes(StandardCharsets.UTF_8))));
			return hashes;
		}

	}

}
