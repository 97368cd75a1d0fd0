package io.latchkey.passwords;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.latchkey.core.Actor;
import io.latchkey.core.StatementBatch;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeId;
import io.latchkey.passwords.PasswordTrial.Looked;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts on record what is decided of logins by password, and what was seen. */
@Component
class PasswordRecorder {

	/** What comes before a change and after it, and the node's own time. */
	private static final Duration SLACK = Duration.ofMinutes(2);

	/** In which a change of many nodes gets to each of them. */
	private static final Duration TURN = Duration.ofMinutes(10);

	private final PasswordLoginRepository repository;

	private final PasswordRoundRepository rounds;

	private final ApplicationEventPublisher events;

	private final PasswordLook look;

	private final PasswordProperties properties;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	PasswordRecorder(PasswordLoginRepository repository, PasswordRoundRepository rounds,
			ApplicationEventPublisher events, PasswordLook look, PasswordProperties properties,
			NamedParameterJdbcOperations jdbc, TransactionTemplate transactions, Clock clock) {
		this.repository = repository;
		this.rounds = rounds;
		this.events = events;
		this.look = look;
		this.properties = properties;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Of nodes that did not let Latchkey look, nothing was seen. */
	void noteSeen(Map<NodeId, Looked> looks) {
		this.transactions.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			this.repository.lock(looks.keySet()).forEach((node, before) -> {
				Looked looked = looks.get(node);
				if (looked != null && looked.look() != null && looked.sshVersion() != null) {
					PasswordLogin known = before.orElseGet(() -> unknown(node));
					this.repository.save(batch, this.look.seen(known, looked.look(), looked.sshVersion()),
							before.isPresent());
				}
			});
			batch.send(this.jdbc);
		});
	}

	/**
	 * Before anything is changed, so that it is known where Latchkey ends in the midst of
	 * it.
	 */
	void begin(Collection<Node> nodes, PasswordChoice choice) {
		this.transactions.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			begin(batch, nodes, choice);
			batch.send(this.jdbc);
		});
	}

	/** The same of those of a cluster. */
	void beginRound(String cluster, Collection<Node> nodes, PasswordChoice choice, Map<String, String> seen,
			Actor actor) {
		this.transactions.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			begin(batch, nodes, choice);
			this.rounds.begin(batch, cluster, choice, actor, this.clock.instant(), seen);
			batch.send(this.jdbc);
		});
	}

	private void begin(StatementBatch batch, Collection<Node> nodes, PasswordChoice choice) {
		Instant until = this.clock.instant().plus(this.properties.confirmWithin()).plus(TURN);
		this.repository.lock(nodes.stream().map(Node::id).toList())
			.forEach((node, before) -> this.repository.save(batch,
					before.orElseGet(() -> unknown(node)).unsettled(until), before.isPresent()));
		nodes.forEach((node) -> this.events.publishEvent(new PasswordLoginAsked(node.name(), choice)));
	}

	/** Of nodes that cannot be asked any more. */
	void endLeft(PasswordRound round, Collection<PasswordChange> left) {
		this.transactions.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			left.forEach((change) -> this.rounds.end(batch, round.id(), change));
			batch.send(this.jdbc);
		});
	}

	void end(Node node, PasswordChoice choice, PasswordChange change) {
		end(node, choice, change, null, (batch) -> {
		});
	}

	/** On behalf of who asked for all of them. */
	void end(Node node, PasswordRound round, PasswordChange change) {
		end(node, round.choice(), change, round.actor(), (batch) -> this.rounds.end(batch, round.id(), change));
	}

	private void end(Node node, PasswordChoice choice, PasswordChange change, @Nullable Actor actor,
			Consumer<StatementBatch> more) {
		this.transactions.executeWithoutResult((status) -> {
			Map<NodeId, Optional<PasswordLogin>> known = this.repository.lock(List.of(node.id()));
			Optional<PasswordLogin> before = known.getOrDefault(node.id(), Optional.empty());
			StatementBatch batch = new StatementBatch();
			if (change.done()) {
				// on record also where somebody has deleted the node meanwhile
				this.events.publishEvent(new PasswordLoginDecided(node.id(), node.name(), choice,
						before.map(PasswordLogin::choice).orElse(PasswordChoice.NOTHING), actor));
			}
			if (known.containsKey(node.id())) {
				this.repository.save(batch, after(before.orElseGet(() -> unknown(node.id())), choice, change),
						before.isPresent());
			}
			more.accept(batch);
			batch.send(this.jdbc);
		});
	}

	private PasswordLogin after(PasswordLogin before, PasswordChoice choice, PasswordChange change) {
		Instant now = this.clock.instant();
		if (change.done()) {
			return before.decided(choice, change, now);
		}
		return (change.state() != PasswordState.UNKNOWN) ? before.settled()
				: before.unsettled(now.plus(this.properties.confirmWithin()).plus(SLACK));
	}

	private PasswordLogin unknown(NodeId node) {
		return PasswordLogin.unknown(node, this.clock.instant());
	}

}
