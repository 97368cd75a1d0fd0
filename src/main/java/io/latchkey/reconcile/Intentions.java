package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.latchkey.core.GroupedWork;
import io.latchkey.core.StatementBatch;
import io.latchkey.foreignkeys.RemovedLineRepository;
import io.latchkey.internode.InterNodeKeys;
import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.LeavingRepository;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.openssh.AuthorizedKeysFile;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notes what is about to be written before it is written, and returns once that is
 * committed: a line that reached the node is known as Latchkey's even when the process
 * dies before it hears so, and what is taken off is stored. What several runs are about
 * to do at the same time is committed together.
 */
@Component
class Intentions {

	private static final int MOST = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** About what it costs to note one more. */
	private static final Duration LINGER_FOR_EACH = Duration.ofMillis(20);

	private static final Duration LINGER = Duration.ofMillis(100);

	private final GroupedWork<Intention, Boolean> work;

	private final PlacedLineRepository placedLines;

	private final RemovedLineRepository removedLines;

	private final AccountFilesRepository files;

	private final LeavingRepository leavings;

	private final InterNodeKeys interNodeKeys;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Intentions(PlacedLineRepository placedLines, RemovedLineRepository removedLines, AccountFilesRepository files,
			LeavingRepository leavings, InterNodeKeys interNodeKeys, Waves waves, NamedParameterJdbcOperations jdbc,
			TransactionTemplate transaction, Clock clock) {
		this.placedLines = placedLines;
		this.removedLines = removedLines;
		this.files = files;
		this.leavings = leavings;
		this.interNodeKeys = interNodeKeys;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
		this.work = GroupedWork.of(MOST, PATIENCE, this::store, (one) -> store(List.of(one)).get(0))
			.lingering(LINGER_FOR_EACH, LINGER,
					(here) -> waves.talking(here.stream().map(Intention::node).collect(Collectors.toSet())));
		waves.onLeave(this.work::lookAgain);
	}

	/**
	 * @param file where they will stand
	 * @param toPlace the lines that will stand and are not known as Latchkey's yet
	 * @param toTakeOver the ids of those for which a foreign line stood
	 * @param toRemove the foreign lines that will go
	 */
	void note(NodeId node, String account, String file, List<PlacedLine> toPlace, List<Long> toTakeOver,
			List<AuthorizedKeysFile.Line> toRemove) {
		Instant now = this.clock.instant();
		join(node, (batch) -> {
			toPlace.forEach((line) -> this.placedLines.add(batch, node, line, now));
			this.placedLines.noteOwn(batch, toTakeOver, file);
			this.removedLines.store(batch, node, account, toRemove, now);
		});
	}

	/** What is written on trial may be put back for so long. */
	void noteHeld(NodeId node, String account, Duration doubt) {
		Instant until = now().plus(doubt);
		join(node, (batch) -> this.files.noteHeld(batch, node, account, until));
	}

	/** From now on the line that lets Latchkey in may be gone. */
	void noteLastLine(NodeId node) {
		Instant now = now();
		join(node, (batch) -> this.leavings.noteLastLine(batch, node, now));
	}

	/** Files of that name are about to be put into the account's {@code ~/.ssh}. */
	void noteInterNodeFiles(NodeId node, String account, Collection<String> names) {
		join(node, (batch) -> this.interNodeKeys.noteFiles(node, account, names));
	}

	/** They are known to be gone. */
	void noteInterNodeFilesGone(NodeId node, String account, Collection<String> names) {
		join(node, (batch) -> this.interNodeKeys.noteFilesGone(node, account, names));
	}

	private void join(NodeId node, Consumer<StatementBatch> statements) {
		this.work.join(new Intention(node, statements));
	}

	private List<Boolean> store(List<Intention> intentions) {
		this.transaction.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			intentions.forEach((each) -> each.statements().accept(batch));
			batch.send(this.jdbc);
		});
		return intentions.stream().map((each) -> true).toList();
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * What is about to be written to a node, as the statements that say so.
	 */
	private record Intention(NodeId node, Consumer<StatementBatch> statements) {

	}

}
