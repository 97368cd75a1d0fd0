package io.latchkey.reconcile.converse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

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
import io.latchkey.reconcile.schedule.Workers;

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
public class Intentions {

	private static final int MOST = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/** Nobody waits for one of many nodes, and a moment more serves more of them. */
	private static final Duration LINGER = Duration.ofMillis(100);

	private static final int MANY = 8;

	private final GroupedWork<Consumer<StatementBatch>, Boolean> work;

	private final PlacedLineRepository placedLines;

	private final RemovedLineRepository removedLines;

	private final AccountFilesRepository files;

	private final LeavingRepository leavings;

	private final InterNodeKeys interNodeKeys;

	private final NamedParameterJdbcOperations jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Intentions(PlacedLineRepository placedLines, RemovedLineRepository removedLines, AccountFilesRepository files,
			LeavingRepository leavings, InterNodeKeys interNodeKeys, Workers workers, NamedParameterJdbcOperations jdbc,
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
			.lingering(LINGER, () -> workers.answering() > MANY);
	}

	/**
	 * @param file where they will stand
	 * @param toPlace the lines that will stand and are not known as Latchkey's yet
	 * @param toTakeOver the ids of those for which a foreign line stood
	 * @param toRemove the foreign lines that will go
	 */
	public void note(NodeId node, String account, String file, List<PlacedLine> toPlace, List<Long> toTakeOver,
			List<AuthorizedKeysFile.Line> toRemove) {
		Instant now = this.clock.instant();
		this.work.join((batch) -> {
			toPlace.forEach((line) -> this.placedLines.add(batch, node, line, now));
			this.placedLines.noteOwn(batch, toTakeOver, file);
			this.removedLines.store(batch, node, account, toRemove, now);
		});
	}

	/** What is written on trial may be put back for so long. */
	public void noteHeld(NodeId node, String account, Duration doubt) {
		Instant until = now().plus(doubt);
		this.work.join((batch) -> this.files.noteHeld(batch, node, account, until));
	}

	/** From now on the line that lets Latchkey in may be gone. */
	void noteLastLine(NodeId node) {
		Instant now = now();
		this.work.join((batch) -> this.leavings.noteLastLine(batch, node, now));
	}

	/** Files of that name are about to be put into the account's {@code ~/.ssh}. */
	void noteInterNodeFiles(NodeId node, String account, Collection<String> names) {
		this.work.join((batch) -> this.interNodeKeys.noteFiles(node, account, names));
	}

	/** They are known to be gone. */
	void noteInterNodeFilesGone(NodeId node, String account, Collection<String> names) {
		this.work.join((batch) -> this.interNodeKeys.noteFilesGone(node, account, names));
	}

	private List<Boolean> store(List<Consumer<StatementBatch>> intentions) {
		this.transaction.executeWithoutResult((status) -> {
			StatementBatch batch = new StatementBatch();
			intentions.forEach((each) -> each.accept(batch));
			batch.send(this.jdbc);
		});
		return intentions.stream().map((each) -> true).toList();
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
