package io.latchkey.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.latchkey.inventory.NodeId;
import io.latchkey.openssh.AuthorizedKeysFile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes what is about to be written, in a transaction of its own, before it is written: a
 * line that reached the node is known as Latchkey's even when the process dies before it
 * hears so.
 */
@Component
class Intentions {

	private final PlacedLineRepository placedLines;

	private final RemovedLineRepository removedLines;

	private final AccountFilesRepository files;

	private final LeavingRepository leavings;

	private final Clock clock;

	Intentions(PlacedLineRepository placedLines, RemovedLineRepository removedLines, AccountFilesRepository files,
			LeavingRepository leavings, Clock clock) {
		this.placedLines = placedLines;
		this.removedLines = removedLines;
		this.files = files;
		this.leavings = leavings;
		this.clock = clock;
	}

	/**
	 * @param file where they will stand
	 * @param toPlace the lines that will stand and are not known as Latchkey's yet
	 * @param toTakeOver the ids of those for which a foreign line stood
	 * @param toRemove the foreign lines that will go
	 */
	@Transactional
	public void note(NodeId node, String account, String file, List<PlacedLine> toPlace, List<Long> toTakeOver,
			List<AuthorizedKeysFile.Line> toRemove) {
		toPlace.forEach((line) -> this.placedLines.add(node, line, this.clock.instant()));
		this.placedLines.noteOwn(toTakeOver, file);
		this.removedLines.store(node, account, toRemove, this.clock.instant());
	}

	/** What is written on trial may be put back for so long. */
	@Transactional
	public void noteHeld(NodeId node, String account, Duration doubt) {
		this.files.noteHeld(node, account, this.clock.instant().plus(doubt).truncatedTo(ChronoUnit.MICROS));
	}

	/** From now on the line that lets Latchkey in may be gone. */
	@Transactional
	public void noteLastLine(NodeId node) {
		this.leavings.noteLastLine(node, this.clock.instant());
	}

}
