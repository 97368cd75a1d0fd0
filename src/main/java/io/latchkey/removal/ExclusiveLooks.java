package io.latchkey.removal;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.foreignkeys.Toleration;
import io.latchkey.foreignkeys.TolerationRepository;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells what {@code EXCLUSIVE} would take off, before a node is switched to it. A fixed
 * number of queries.
 */
@Service
@Transactional(readOnly = true)
public class ExclusiveLooks {

	/** A look older than so many intervals between two looks is not gone by. */
	private static final int INTERVALS = 2;

	private static final Set<NodeState> KNOWN = EnumSet.of(NodeState.IN_SYNC, NodeState.DRIFTED, NodeState.CONVERGING);

	private final Nodes nodes;

	private final NodeStateRepository states;

	private final AccountStateRepository accounts;

	private final TolerationRepository tolerations;

	private final RemovalProperties properties;

	private final Clock clock;

	ExclusiveLooks(Nodes nodes, NodeStateRepository states, AccountStateRepository accounts,
			TolerationRepository tolerations, RemovalProperties properties, Clock clock) {
		this.nodes = nodes;
		this.states = states;
		this.accounts = accounts;
		this.tolerations = tolerations;
		this.properties = properties;
		this.clock = clock;
	}

	/** By name. */
	public List<ExclusiveLook> of(Collection<NodeId> of) {
		if (of.isEmpty()) {
			return List.of();
		}
		Map<NodeId, NodeStateRow> rows = this.states.findAll(of)
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row));
		Map<NodeId, List<AccountStateRepository.ForeignEntry>> entries = this.accounts.foreignEntries(of)
			.stream()
			.collect(Collectors.groupingBy(AccountStateRepository.ForeignEntry::node));
		Map<Fingerprint, Toleration> tolerated = this.tolerations.at(this.clock.instant());
		return this.nodes.all(of)
			.stream()
			.sorted(Comparator.comparing(Node::name))
			.map((node) -> look(node, rows.get(node.id()), entries.getOrDefault(node.id(), List.of()), tolerated))
			.toList();
	}

	private ExclusiveLook look(Node node, @Nullable NodeStateRow row, List<AccountStateRepository.ForeignEntry> entries,
			Map<Fingerprint, Toleration> tolerated) {
		List<ExclusiveLook.Line> lines = entries.stream().map((entry) -> line(entry, tolerated)).toList();
		return new ExclusiveLook(node.name(), node.management().mode(), (row != null) ? row.checks().last() : null,
				isFresh(row), lines.stream().filter((line) -> line.until() == null).toList(),
				lines.stream().filter((line) -> line.until() != null).toList(),
				(row != null) ? row.remarks().unseen() : UnseenAccounts.NOT_YET);
	}

	private boolean isFresh(@Nullable NodeStateRow row) {
		if (row == null || row.checks().last() == null || !KNOWN.contains(row.state())) {
			return false;
		}
		Instant oldest = this.clock.instant().minus(this.properties.driftInterval().multipliedBy(INTERVALS));
		return row.checks().last().isAfter(oldest);
	}

	private static ExclusiveLook.Line line(AccountStateRepository.ForeignEntry entry,
			Map<Fingerprint, Toleration> tolerated) {
		AccountState.Entry of = entry.entry();
		String text = Objects.requireNonNullElse(of.is(), "");
		Toleration toleration = (of.fingerprint() != null) ? tolerated.get(of.fingerprint()) : null;
		String comment = (Line.observed(text) instanceof KeyLine key) ? key.comment() : "";
		return new ExclusiveLook.Line(entry.account(), of.fingerprint(), comment, text, of.identity(),
				(toleration != null) ? toleration.until() : null);
	}

}
