package io.latchkey.reconcile.read;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.NodeRecords;
import io.latchkey.foreignkeys.Decided;
import io.latchkey.foreignkeys.RemovedLineRepository;
import io.latchkey.foreignkeys.Toleration;
import io.latchkey.foreignkeys.TolerationRepository;
import io.latchkey.foreignkeys.UnwantedKeyRepository;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.managementkeys.ManagementLines;
import io.latchkey.managementkeys.ManagementLinesReader;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.Leaving;
import io.latchkey.nodestate.LeavingRepository;
import io.latchkey.nodestate.LoginAccountRepository;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.nodestate.RememberedAccount;
import io.latchkey.nodestate.RememberedFiles;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.runs.PartInputs;
import io.latchkey.runs.RunParts;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what runs have to know, with a number of queries that does not depend on theirs.
 */
@Component
public class RunInputReader {

	private final Nodes nodes;

	private final DesiredStates desiredStates;

	private final ManagementLinesReader managementLines;

	private final NodeStateRepository states;

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final PlacedLineRepository placedLines;

	private final RemovedLineRepository removedLines;

	private final LeavingRepository leavings;

	private final TolerationRepository tolerations;

	private final UnwantedKeyRepository unwantedKeys;

	private final LoginAccountRepository loginAccounts;

	private final RunParts parts;

	private final Clock clock;

	RunInputReader(Nodes nodes, DesiredStates desiredStates, ManagementLinesReader managementLines,
			NodeStateRepository states, AccountStateRepository accounts, AccountFilesRepository files,
			PlacedLineRepository placedLines, RemovedLineRepository removedLines, LeavingRepository leavings,
			TolerationRepository tolerations, UnwantedKeyRepository unwantedKeys, LoginAccountRepository loginAccounts,
			RunParts parts, Clock clock) {
		this.nodes = nodes;
		this.desiredStates = desiredStates;
		this.managementLines = managementLines;
		this.states = states;
		this.accounts = accounts;
		this.files = files;
		this.placedLines = placedLines;
		this.removedLines = removedLines;
		this.leavings = leavings;
		this.tolerations = tolerations;
		this.unwantedKeys = unwantedKeys;
		this.loginAccounts = loginAccounts;
		this.parts = parts;
		this.clock = clock;
	}

	/** Reads the input of one; nothing when the node is gone. */
	@Transactional(readOnly = true)
	public Optional<RunInput> read(NodeId node) {
		return Optional.ofNullable(read(List.of(node)).get(node));
	}

	/**
	 * Reads the inputs of those nodes that there are. The generations are read first, so
	 * that a change that comes while the rest is read is served by another run.
	 */
	@Transactional(readOnly = true)
	public Map<NodeId, RunInput> read(Collection<NodeId> ids) {
		List<NodeStateRow> rows = this.states.findAll(ids);
		List<NodeId> present = rows.stream().map(NodeStateRow::node).toList();
		Map<NodeId, Node> found = this.nodes.all(present)
			.stream()
			.collect(Collectors.toMap(Node::id, Function.identity()));
		Map<NodeId, Leaving> leaving = this.leavings.find(present);
		Map<NodeId, NodeRecords> records = this.desiredStates.recordsOf(present);
		Map<NodeId, ManagementLines> management = this.managementLines.of(found.values(), leaving.keySet());
		Map<NodeId, Map<String, RememberedAccount>> remembered = this.accounts.remembered(present);
		Map<NodeId, Map<String, RememberedFiles>> filesOf = this.files.of(present);
		Map<NodeId, List<PlacedLine>> placed = this.placedLines.of(present);
		Map<NodeId, Map<String, Set<String>>> foreign = this.accounts.foreignLines(present);
		Map<NodeId, Map<String, List<Line>>> kept = this.removedLines.kept(present);
		Map<NodeId, Map<String, Long>> removed = this.removedLines.counts(present);
		Map<Fingerprint, Instant> tolerated = tolerated();
		Map<NodeId, Map<String, Set<Fingerprint>>> unwanted = this.unwantedKeys.on(present);
		Map<NodeId, Set<String>> logins = this.loginAccounts.on(present);
		Map<NodeId, PartInputs> parts = this.parts.read(present);
		Map<NodeId, RunInput> inputs = new HashMap<>();
		for (NodeStateRow row : rows) {
			NodeId id = row.node();
			Node node = found.get(id);
			ManagementLines lines = management.get(id);
			if (node == null || lines == null) {
				continue;
			}
			RunInput input = new RunInput(node, row, records.getOrDefault(id, NodeRecords.NONE), lines,
					remembered.getOrDefault(id, Map.of()), filesOf.getOrDefault(id, Map.of()),
					placed.getOrDefault(id, List.of()), foreign.getOrDefault(id, Map.of()),
					kept.getOrDefault(id, Map.of()), removed.getOrDefault(id, Map.of()), null,
					new Decided(tolerated, unwanted.getOrDefault(id, Map.of())), logins.getOrDefault(id, Set.of()),
					parts.getOrDefault(id, PartInputs.NONE));
			Leaving leaves = leaving.get(id);
			inputs.put(id, (leaves != null) ? ofLeaving(input, leaves) : input);
		}
		return inputs;
	}

	/**
	 * Nothing of Latchkey's should stand there, and everything else stays, in whatever
	 * mode it was.
	 */
	private static RunInput ofLeaving(RunInput input, Leaving leaving) {
		return new RunInput(input.node().in(Mode.ADDITIVE), input.row(), NodeRecords.NONE, input.management(),
				input.remembered(), input.files(), input.placed(), input.foreign(), Map.of(), input.removed(), leaving,
				Decided.NOTHING, Set.of(), input.parts());
	}

	private Map<Fingerprint, Instant> tolerated() {
		return this.tolerations.at(this.clock.instant())
			.values()
			.stream()
			.collect(Collectors.toMap(Toleration::fingerprint, Toleration::until));
	}

}
