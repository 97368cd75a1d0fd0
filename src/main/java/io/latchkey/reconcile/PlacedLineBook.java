package io.latchkey.reconcile;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
		for (PlacedLine line : this.placedLines.of(briefing.node().id())) {
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
		this.placedLines.delete(gone);
		this.placedLines.noteUnwanted(unwanted, outcome.endedAt().truncatedTo(ChronoUnit.MICROS));
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
