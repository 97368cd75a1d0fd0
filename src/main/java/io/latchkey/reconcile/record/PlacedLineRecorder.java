package io.latchkey.reconcile.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.core.StatementBatch;
import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.nodestate.PlacedLineRepository;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.converse.RunOutcome;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.runs.AccountOutcome.Content;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Keeps the placed lines true after a run: those known to be gone are forgotten, those
 * that should be gone and are not known to be are marked.
 */
@Component
class PlacedLineRecorder {

	private final PlacedLineRepository placedLines;

	PlacedLineRecorder(PlacedLineRepository placedLines) {
		this.placedLines = placedLines;
	}

	/**
	 * @param placed those of the node as they stand in the database
	 * @return those of them that should be gone and are not known to be
	 */
	List<PlacedLine> store(RunInput input, RunOutcome outcome, List<PlacedLine> placed, StatementBatch batch) {
		Map<String, AccountOutcome> looked = outcome.accounts()
			.stream()
			.collect(Collectors.toMap(AccountOutcome::account, Function.identity()));
		Instant now = outcome.timing().endedAt();
		List<PlacedLine> unwanted = new ArrayList<>();
		for (PlacedLine line : placed) {
			AccountOutcome account = looked.get(line.account());
			DesiredLine wanted = wanted(line, outcome);
			if (wanted == null && isKnownToBeGone(line, account, outcome)) {
				this.placedLines.delete(batch, line.id());
				continue;
			}
			noteSeen(line, account, batch);
			if (wanted == null) {
				unwanted.add(line);
				this.placedLines.noteUnwanted(batch, line.id(), now);
			}
			else if (!wanted.grants().equals(line.grants()) || line.unwantedSince() != null) {
				this.placedLines.noteWanted(batch, line.id(), wanted.grants());
			}
		}
		outcome.accounts().forEach((account) -> addServed(input, account, placed, now, batch));
		return unwanted;
	}

	private void noteSeen(PlacedLine line, @Nullable AccountOutcome account, StatementBatch batch) {
		if (!line.stood() && stands(line, account)) {
			this.placedLines.noteStood(batch, line.id());
		}
		String file = onlyFile(line, account);
		if (file != null && !file.equals(line.file())) {
			this.placedLines.noteFile(batch, line.id(), file);
		}
	}

	/** A key that a foreign line lets in for Latchkey has to be watched as its own. */
	private void addServed(RunInput input, AccountOutcome account, List<PlacedLine> placed, Instant now,
			StatementBatch batch) {
		if (account.content() == null) {
			return;
		}
		for (DesiredLine line : account.content().served()) {
			boolean known = placed.stream()
				.anyMatch((other) -> other.account().equals(account.account()) && other.line().equals(line.text()));
			if (!known) {
				this.placedLines.add(batch, input.node().id(), PlacedLine.served(account.account(), line), now);
			}
		}
	}

	private static boolean stands(PlacedLine line, @Nullable AccountOutcome looked) {
		Content content = (looked != null) ? looked.content() : null;
		return content != null && content.texts().contains(line.line());
	}

	/** The only file in which it stands now, or null. */
	private static @Nullable String onlyFile(PlacedLine line, @Nullable AccountOutcome looked) {
		Content content = (looked != null && line.isOwn()) ? looked.content() : null;
		return (content != null && content.texts().contains(line.line())) ? content.file() : null;
	}

	private static @Nullable DesiredLine wanted(PlacedLine line, RunOutcome outcome) {
		return outcome.desired()
			.linesOf(line.account())
			.stream()
			.filter((desired) -> desired.text().equals(line.line()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Gone is the key, not only the text: a foreign line that lets it in still lets it
	 * in.
	 */
	private static boolean isKnownToBeGone(PlacedLine line, @Nullable AccountOutcome looked, RunOutcome outcome) {
		Content content = (looked != null) ? looked.content() : null;
		if (content == null || content.texts().contains(line.line())) {
			return false;
		}
		Set<Fingerprint> wantedKeys = outcome.desired()
			.linesOf(line.account())
			.stream()
			.map(DesiredLine::fingerprint)
			.collect(Collectors.toSet());
		return wantedKeys.contains(line.fingerprint()) || !content.keys().contains(line.fingerprint());
	}

}
