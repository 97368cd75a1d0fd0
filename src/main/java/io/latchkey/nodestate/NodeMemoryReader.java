package io.latchkey.nodestate;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.inventory.NodeId;

import org.springframework.stereotype.Component;

/**
 * Reads what is remembered of nodes, with a number of queries that does not depend on
 * theirs.
 */
@Component
public class NodeMemoryReader {

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final PlacedLineRepository placedLines;

	private final LoginAccountRepository loginAccounts;

	NodeMemoryReader(AccountStateRepository accounts, AccountFilesRepository files, PlacedLineRepository placedLines,
			LoginAccountRepository loginAccounts) {
		this.accounts = accounts;
		this.files = files;
		this.placedLines = placedLines;
		this.loginAccounts = loginAccounts;
	}

	/** In the transaction at hand. */
	public Map<NodeId, NodeMemory> of(Collection<NodeId> nodes) {
		Map<NodeId, Map<String, RememberedAccount>> remembered = this.accounts.remembered(nodes);
		Map<NodeId, Map<String, RememberedFiles>> filesOf = this.files.of(nodes);
		Map<NodeId, List<PlacedLine>> placed = this.placedLines.of(nodes);
		Map<NodeId, Map<String, Set<String>>> foreign = this.accounts.foreignLines(nodes);
		Map<NodeId, Set<String>> logins = this.loginAccounts.on(nodes);
		Map<NodeId, NodeMemory> memories = new HashMap<>();
		nodes.forEach((node) -> memories.put(node,
				new NodeMemory(remembered.getOrDefault(node, Map.of()), filesOf.getOrDefault(node, Map.of()),
						placed.getOrDefault(node, List.of()), foreign.getOrDefault(node, Map.of()),
						logins.getOrDefault(node, Set.of()))));
		return memories;
	}

}
