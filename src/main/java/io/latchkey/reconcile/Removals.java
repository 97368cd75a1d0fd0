package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.latchkey.desired.DesiredState;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Nodes;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.RemovalPreview.AccountLoss;
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

	private final ReconcileProperties properties;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Removals(RemovalReader reader, AccountStateRepository accounts, AccountFilesRepository files,
			TolerationRepository tolerations, Nodes nodes, ReconcileProperties properties,
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
			Instant now = this.clock.instant();
			Map<NodeId, DesiredState> before = this.reader.desired(reached, now);
			boolean mayBecomeExclusive = nodeOf(scope).filter((node) -> node.mode() != Mode.EXCLUSIVE).isPresent();
			T changed = change.get();
			List<AccountLoss> foreign = mayBecomeExclusive ? foreignLosses(scope) : List.of();
			check(before, this.reader.desired(reached, now), foreign, confirmed);
			if (mayBecomeExclusive) {
				nodeOf(scope).filter((node) -> node.mode() == Mode.EXCLUSIVE).ifPresent(this::noteExclusive);
			}
			return changed;
		});
	}

	/** The same for a change that has no result. */
	public void carryOut(RemovalScope scope, @Nullable String confirmed, Runnable change) {
		carryOut(scope, confirmed, () -> {
			change.run();
			return Boolean.TRUE;
		});
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

	/** Of what was not seen yet nothing was shown: it waits for its own confirmation. */
	private void noteExclusive(Node node) {
		this.files.forgetExclusive(node.id());
		this.accounts.of(node.id())
			.stream()
			.filter((account) -> account.state() != NodeState.FAILED || !account.entries().isEmpty())
			.forEach((account) -> this.files.noteExclusive(node.id(), account.account()));
	}

	private Optional<Node> nodeOf(RemovalScope scope) {
		return (scope.kind() == RemovalScope.Kind.NODE) ? this.nodes.find(scope.name()) : Optional.empty();
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

	/** What goes from the node when it is exclusive now, as last observed. */
	private List<AccountLoss> foreignLosses(RemovalScope scope) {
		Set<Fingerprint> tolerated = this.tolerations.at(this.clock.instant()).keySet();
		return nodeOf(scope).filter((node) -> node.mode() == Mode.EXCLUSIVE)
			.stream()
			.flatMap((node) -> this.accounts.of(node.id())
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
