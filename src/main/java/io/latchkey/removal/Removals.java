package io.latchkey.removal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.DesiredState;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.desired.RemovalPreview.AccountLoss;
import io.latchkey.foreignkeys.TolerationRepository;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.AccountStateRepository;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries out changes that take access away indirectly, and asks before it takes away
 * much: more than a part of a node's lines, or lines on more than a number of nodes. A
 * node that becomes exclusive asks before any foreign line goes. What was revoked,
 * suspended or removed by name does not come this way: it never waits for an answer.
 */
@Service
public class Removals {

	private static final int WHOLE = 100;

	private final RemovalReader reader;

	private final AccountStateRepository accounts;

	private final AccountFilesRepository files;

	private final TolerationRepository tolerations;

	private final Nodes nodes;

	private final RemovalProperties properties;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Removals(RemovalReader reader, AccountStateRepository accounts, AccountFilesRepository files,
			TolerationRepository tolerations, Nodes nodes, RemovalProperties properties,
			TransactionTemplate transaction, Clock clock) {
		this.reader = reader;
		this.accounts = accounts;
		this.files = files;
		this.tolerations = tolerations;
		this.nodes = nodes;
		this.properties = properties;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Makes the change, sees what it takes away, and commits it when that is little or
	 * confirmed; all in one transaction.
	 * @param confirmed the digest of the preview that was confirmed, or null
	 * @throws ConfirmationNeededException when nothing was done, because it takes away
	 * much and that was not confirmed
	 */
	public <T> T carryOut(RemovalScope scope, @Nullable String confirmed, Supplier<T> change) {
		return this.transaction.execute((status) -> {
			Set<NodeId> reached = this.reader.holdNodesOf(scope);
			boolean itself = scope.kind() == RemovalScope.Kind.NODE;
			return carryOut(reached, itself ? reached : Set.of(), confirmed, change);
		});
	}

	/** The same for a change that has no result. */
	public void carryOut(RemovalScope scope, @Nullable String confirmed, Runnable change) {
		carryOut(scope, confirmed, () -> {
			change.run();
			return Boolean.TRUE;
		});
	}

	/**
	 * The same for a change of several nodes, which are named: one preview of all that
	 * goes.
	 */
	public void onNodes(Collection<String> names, @Nullable String confirmed, Runnable change) {
		this.transaction.executeWithoutResult((status) -> {
			Set<NodeId> nodes = names.stream()
				.sorted()
				.flatMap((name) -> this.reader.holdNodesOf(RemovalScope.node(name)).stream())
				.collect(Collectors.toSet());
			carryOut(nodes, nodes, confirmed, () -> {
				change.run();
				return Boolean.TRUE;
			});
		});
	}

	/**
	 * @param reached the nodes that may lose lines
	 * @param changed those of them that may come to another mode
	 */
	private <T> T carryOut(Set<NodeId> reached, Set<NodeId> changed, @Nullable String confirmed, Supplier<T> change) {
		Instant now = this.clock.instant();
		Map<NodeId, DesiredState> before = this.reader.desired(reached, now);
		Set<NodeId> mayBecomeExclusive = this.nodes.all(changed)
			.stream()
			.filter((node) -> node.management().mode() != Mode.EXCLUSIVE)
			.map(Node::id)
			.collect(Collectors.toSet());
		T result = change.get();
		List<Node> exclusive = this.nodes.all(mayBecomeExclusive)
			.stream()
			.filter((node) -> node.management().mode() == Mode.EXCLUSIVE)
			.toList();
		check(before, this.reader.desired(reached, now), foreignLosses(exclusive), confirmed);
		exclusive.forEach(this::noteExclusive);
		return result;
	}

	private void check(Map<NodeId, DesiredState> before, Map<NodeId, DesiredState> after, List<AccountLoss> foreign,
			@Nullable String confirmed) {
		List<AccountLoss> losses = new ArrayList<>(foreign);
		boolean large = !foreign.isEmpty();
		List<Node> nodes = this.nodes.all(before.keySet());
		for (Node node : nodes) {
			DesiredState was = before.getOrDefault(node.id(), DesiredState.NOTHING);
			List<AccountLoss> own = RemovalReader.losses(node.name(), was,
					after.getOrDefault(node.id(), DesiredState.NOTHING));
			// On a node that was never enrolled nothing can stand yet.
			if (node.enrolled()) {
				large |= isMuchOf(was, own);
				losses.addAll(own);
			}
		}
		RemovalPreview preview = new RemovalPreview(this.reader.withForeignKeys(losses), List.of(),
				RemovalReader.observedAmong(nodes));
		large |= countLosing(preview) > this.properties.confirmNodes();
		if (large && !preview.digest().equals(confirmed)) {
			throw new ConfirmationNeededException(preview);
		}
	}

	/**
	 * Of what was not seen yet, or is only counted, nothing was shown: it waits for its
	 * own confirmation.
	 */
	private void noteExclusive(Node node) {
		this.files.forgetExclusive(node.id());
		this.accounts.of(node.id())
			.stream()
			.filter((account) -> account.foreignBeyond() == 0
					&& (account.state() != NodeState.FAILED || !account.entries().isEmpty()))
			.forEach((account) -> this.files.noteExclusive(node.id(), account.account()));
	}

	private boolean isMuchOf(DesiredState was, List<AccountLoss> losses) {
		long all = was.accounts().values().stream().mapToLong(List::size).sum();
		long lost = losses.stream().mapToLong(Removals::countLost).sum();
		return lost * WHOLE > all * this.properties.confirmPercent();
	}

	private static long countLosing(RemovalPreview preview) {
		return preview.accounts()
			.stream()
			.filter((account) -> countLost(account) > 0)
			.map(AccountLoss::node)
			.distinct()
			.count();
	}

	/** A line that makes place for another of the same key is not lost. */
	private static long countLost(AccountLoss account) {
		return account.remove().stream().filter((line) -> !line.keyStays()).count();
	}

	/** What goes from the nodes that are exclusive now, as last observed. */
	private List<AccountLoss> foreignLosses(List<Node> exclusive) {
		if (exclusive.isEmpty()) {
			return List.of();
		}
		Set<Fingerprint> tolerated = this.tolerations.at(this.clock.instant()).keySet();
		Map<NodeId, List<AccountState>> accounts = this.accounts.of(exclusive.stream().map(Node::id).toList());
		return exclusive.stream()
			.flatMap((node) -> accounts.getOrDefault(node.id(), List.of())
				.stream()
				.map((account) -> new AccountLoss(node.name(), account.account(), List.of(),
						foreignLines(account, tolerated))))
			.filter((account) -> !account.remove().isEmpty())
			.toList();
	}

	private static List<RemovalPreview.Line> foreignLines(AccountState account, Set<Fingerprint> tolerated) {
		return account.entries()
			.stream()
			.filter((entry) -> entry.origin() == AccountState.Origin.FOREIGN
					&& entry.status() == AccountState.Status.EXTRA
					&& (entry.fingerprint() == null || !tolerated.contains(entry.fingerprint())))
			.map((entry) -> new RemovalPreview.Line(Objects.requireNonNullElse(entry.is(), ""), entry.identity()))
			.toList();
	}

}
