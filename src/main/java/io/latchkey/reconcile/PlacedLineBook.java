package io.latchkey.reconcile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.AccountOutcome.Content;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps the placed lines true after a run: those known to be gone are forgotten, those
 * that should be gone and are not known to be are marked.
 */
@Component
class PlacedLineBook {

	private final PlacedLineRepository placedLines;

	PlacedLineBook(PlacedLineRepository placedLines) {
		this.placedLines = placedLines;
	}

	void store(Briefing briefing, NodeOutcome outcome) {
		Map<String, AccountOutcome> looked = outcome.accounts()
			.stream()
			.collect(Collectors.toMap(AccountOutcome::account, Function.identity()));
		List<Long> gone = new ArrayList<>();
		List<Long> unwanted = new ArrayList<>();
		List<Long> seen = new ArrayList<>();
		Map<String, List<Long>> moved = new TreeMap<>();
		List<PlacedLine> placed = this.placedLines.of(briefing.node().id());
		for (PlacedLine line : placed) {
			if (!line.stood() && stands(line, looked.get(line.account()))) {
				seen.add(line.id());
			}
			String file = onlyFile(line, looked.get(line.account()));
			if (file != null && !file.equals(line.file())) {
				moved.computeIfAbsent(file, (key) -> new ArrayList<>()).add(line.id());
			}
			DesiredLine wanted = wanted(line, outcome);
			if (wanted != null) {
				if (!wanted.grants().equals(line.grants()) || line.unwantedSince() != null) {
					this.placedLines.noteWanted(line.id(), wanted.grants());
				}
			}
			else if (isKnownToBeGone(line, looked.get(line.account()), outcome)) {
				gone.add(line.id());
			}
			else {
				unwanted.add(line.id());
			}
		}
		this.placedLines.noteStood(seen);
		moved.forEach((file, lines) -> this.placedLines.noteFile(lines, file));
		this.placedLines.delete(gone);
		Instant now = outcome.endedAt().truncatedTo(ChronoUnit.MICROS);
		this.placedLines.noteUnwanted(unwanted, now);
		outcome.accounts().forEach((account) -> addServed(briefing, account, placed, now));
	}

	/** A key that a foreign line lets in for Latchkey has to be watched as its own. */
	private void addServed(Briefing briefing, AccountOutcome account, List<PlacedLine> placed, Instant now) {
		if (account.content() == null) {
			return;
		}
		for (DesiredLine line : account.content().served()) {
			boolean known = placed.stream()
				.anyMatch((other) -> other.account().equals(account.account()) && other.line().equals(line.text()));
			if (!known) {
				this.placedLines.add(briefing.node().id(), PlacedLine.served(account.account(), line), now);
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

	private static @Nullable DesiredLine wanted(PlacedLine line, NodeOutcome outcome) {
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
	private static boolean isKnownToBeGone(PlacedLine line, @Nullable AccountOutcome looked, NodeOutcome outcome) {
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
