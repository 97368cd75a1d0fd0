package io.latchkey.reconcile.converse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.latchkey.inventory.NodeId;
import io.latchkey.nodestate.AccountFilesRepository;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.runs.ForeignLines;
import io.latchkey.runs.Intentions;

import org.springframework.stereotype.Component;

/** Notes of lines what is about to be done to them, before it is done. */
@Component
public class LineIntentions {

	private final Intentions intentions;

	private final PlacedLineRepository placedLines;

	private final ForeignLines foreignLines;

	private final AccountFilesRepository files;

	private final Clock clock;

	LineIntentions(Intentions intentions, PlacedLineRepository placedLines, ForeignLines foreignLines,
			AccountFilesRepository files, Clock clock) {
		this.intentions = intentions;
		this.placedLines = placedLines;
		this.foreignLines = foreignLines;
		this.files = files;
		this.clock = clock;
	}

	/**
	 * @param file where it will be made
	 */
	public void note(NodeId node, String account, String file, IntendedChange change) {
		Instant now = this.clock.instant();
		this.intentions.note(node, (batch) -> {
			change.toAdd().forEach((line) -> this.placedLines.add(batch, node, line, now));
			this.placedLines.noteOwn(batch, change.toTakeOver(), file);
			this.foreignLines.store(batch, node, account, change.toRemove(), now);
		});
	}

	/** What is written on trial may be put back for so long. */
	public void noteHeld(NodeId node, String account, Duration doubt) {
		Instant until = now().plus(doubt);
		this.intentions.note(node, (batch) -> this.files.noteHeld(batch, node, account, until));
	}

	private Instant now() {
		return this.clock.instant();
	}

}
