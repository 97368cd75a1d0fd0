package io.latchkey.removal;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.DesiredStates;
import io.latchkey.desired.Dialect;
import io.latchkey.desired.NodeRecords;
import io.latchkey.desired.WithheldGrant;
import io.latchkey.grants.AccountsOnNodes;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantId;
import io.latchkey.grants.GrantReach;
import io.latchkey.grants.Grants;
import io.latchkey.grants.ReachedNodes;
import io.latchkey.identity.Identities;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.NodeStateRepository;
import io.latchkey.nodestate.NodeStateRow;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells what a grant would change, and changes nothing. A grant that starts later is
 * shown as it will be at its start.
 */
@Service
@Transactional(readOnly = true)
public class Previews {

	/** As {@link Grants#preview} numbers it. */
	private static final GrantId PREVIEWED = new GrantId(0);

	private final Grants grants;

	private final DesiredStates desiredStates;

	private final Nodes nodes;

	private final ReachedNodes reached;

	private final NodeStateRepository states;

	private final Identities identities;

	private final AccountsOnNodes accounts;

	private final Clock clock;

	Previews(Grants grants, DesiredStates desiredStates, Nodes nodes, ReachedNodes reached, NodeStateRepository states,
			Identities identities, AccountsOnNodes accounts, Clock clock) {
		this.grants = grants;
		this.desiredStates = desiredStates;
		this.nodes = nodes;
		this.reached = reached;
		this.states = states;
		this.identities = identities;
		this.accounts = accounts;
		this.clock = clock;
	}

	/**
	 * Throws {@link io.latchkey.core.InvalidInputException} as {@link Grants#issue}
	 * would.
	 */
	public GrantPreview of(GrantDraft draft) {
		GrantReach reach = this.grants.preview(draft);
		Set<NodeId> reached = this.reached.of(reach);
		Map<NodeId, NodeRecords> before = this.desiredStates.recordsOf(reached);
		Map<NodeId, NodeRecords> after = this.desiredStates.recordsWith(reached, reach);
		Map<NodeId, Node> nodes = this.nodes.all(reached).stream().collect(Collectors.toMap(Node::id, (node) -> node));
		Map<NodeId, Dialect> dialects = this.states.findAll(reached)
			.stream()
			.collect(Collectors.toMap(NodeStateRow::node, (row) -> row.sshd().dialect()));
		Set<NodeId> withoutAccount = this.accounts.without(reach.account(), reached);
		Instant now = this.clock.instant();
		Instant at = now.isBefore(reach.startsAt()) ? reach.startsAt() : now;
		GrantPreview.@Nullable Unchanged keyless = after.values()
			.stream()
			.findFirst()
			.flatMap((records) -> Keyless.of(reach, records, this.identities.suspendedAmong(records.holdersOf(reach)),
					at))
			.map(GrantPreview.Unchanged::of)
			.orElse(null);
		return new GrantPreview(nodes.values().stream().map((node) -> {
			Dialect dialect = dialects.getOrDefault(node.id(), Dialect.CURRENT);
			DesiredState is = before.getOrDefault(node.id(), NodeRecords.NONE).at(at, dialect);
			DesiredState willBe = after.getOrDefault(node.id(), NodeRecords.NONE).at(at, dialect);
			return change(node, reach.account(), is, willBe, keyless, withoutAccount.contains(node.id()));
		}).sorted(Comparator.comparing(GrantPreview.NodeChange::node)).toList());
	}

	private static GrantPreview.NodeChange change(Node node, String account, DesiredState is, DesiredState willBe,
			GrantPreview.@Nullable Unchanged keyless, boolean accountMissing) {
		List<String> texts = texts(is, account);
		List<String> add = without(texts(willBe, account), texts);
		List<String> remove = without(texts, texts(willBe, account));
		Optional<String> withheld = willBe.withheld()
			.stream()
			.filter((grant) -> grant.grant().equals(PREVIEWED))
			.map(WithheldGrant::reason)
			.findFirst();
		GrantPreview.Unchanged unchanged = null;
		if (add.isEmpty()) {
			unchanged = (keyless != null) ? keyless
					: withheld.isPresent() ? GrantPreview.Unchanged.WITHHELD : GrantPreview.Unchanged.ALREADY_THERE;
		}
		return new GrantPreview.NodeChange(node.name(), account, add, remove, unchanged,
				(unchanged == GrantPreview.Unchanged.ALREADY_THERE) ? already(is, willBe, account) : List.of(),
				(unchanged == GrantPreview.Unchanged.WITHHELD) ? withheld.orElse(null) : null, held(node),
				accountMissing);
	}

	/** The grants that put the lines of the previewed one there. */
	private static List<Long> already(DesiredState is, DesiredState willBe, String account) {
		Set<String> texts = willBe.linesOf(account)
			.stream()
			.filter((line) -> line.grants().contains(PREVIEWED.value()))
			.map(DesiredLine::text)
			.collect(Collectors.toSet());
		return is.linesOf(account)
			.stream()
			.filter((line) -> texts.contains(line.text()))
			.flatMap((line) -> line.grants().stream())
			.distinct()
			.sorted()
			.toList();
	}

	private static GrantPreview.@Nullable Held held(Node node) {
		if (!node.enrolled()) {
			return GrantPreview.Held.NOT_ENROLLED;
		}
		return (node.management().mode() == Mode.OBSERVE) ? GrantPreview.Held.OBSERVED : null;
	}

	private static List<String> texts(DesiredState state, String account) {
		return state.linesOf(account).stream().map(DesiredLine::text).toList();
	}

	private static List<String> without(List<String> lines, List<String> others) {
		return lines.stream().filter((line) -> !others.contains(line)).toList();
	}

}
