package io.latchkey.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import io.latchkey.reconcile.AccountState.Entry;
import io.latchkey.reconcile.AccountState.Origin;
import io.latchkey.reconcile.AccountState.Status;
import org.jspecify.annotations.Nullable;

/**
 * Compares one file with what it should be. Pure.
 * <p>
 * A line is Latchkey's own when it is one of the placed ones, or when it bears the key of
 * a placed one that is missing and was not seen as foreign before: then somebody changed
 * it. A line with the management key stays as it is, whoever wrote it.
 */
class LinePlanner {

	private final AuthorizedKeysFile observed;

	private final Map<String, DesiredLine> desired = new LinkedHashMap<>();

	private final KnownLines known;

	private final Mode mode;

	private final Map<String, PlacedLine> placed;

	private final Set<Fingerprint> missingPlaced;

	private final List<Line> target = new ArrayList<>();

	private final List<Entry> entries = new ArrayList<>();

	private final List<String> removed = new ArrayList<>();

	private final List<Line> removedForeign = new ArrayList<>();

	private final Set<String> inPlace = new HashSet<>();

	private final Map<Fingerprint, String> changed = new LinkedHashMap<>();

	LinePlanner(AuthorizedKeysFile observed, List<DesiredLine> desired, KnownLines known, Mode mode) {
		this.observed = observed;
		desired.forEach((line) -> this.desired.put(line.text(), line));
		this.known = known;
		this.mode = mode;
		this.placed = known.placedByText();
		Set<String> texts = observed.lines().stream().map(Line::text).collect(Collectors.toSet());
		this.missingPlaced = known.placed()
			.stream()
			.filter((line) -> !texts.contains(line.line()))
			.map(PlacedLine::fingerprint)
			.collect(Collectors.toSet());
	}

	LinePlan plan() {
		this.observed.lines().forEach(this::place);
		List<String> added = new ArrayList<>();
		for (DesiredLine line : this.desired.values()) {
			if (!this.inPlace.contains(line.text())) {
				add(line);
				added.add(line.text());
			}
		}
		AuthorizedKeysFile file = (added.isEmpty() && this.removed.isEmpty() && this.removedForeign.isEmpty())
				? this.observed : AuthorizedKeysFile.of(this.target);
		return new LinePlan(file, List.copyOf(this.entries), added, this.removed, this.removedForeign);
	}

	private void place(Line line) {
		String text = line.text();
		Fingerprint fingerprint = line.key().map(PublicKey::fingerprint).orElse(null);
		DesiredLine wanted = this.desired.get(text);
		if (wanted != null && this.inPlace.add(text)) {
			this.target.add(line);
			this.entries.add(entry(wanted, text, Status.IN_PLACE));
		}
		else if (this.known.managementKey().equals(fingerprint)) {
			this.target.add(line);
			this.entries.add(new Entry(fingerprint, text, text, null, List.of(), optionsOf(line), Origin.LATCHKEY,
					Status.IN_PLACE));
		}
		else if (wanted != null || this.placed.containsKey(text)) {
			takeOff(line, fingerprint, this.placed.get(text));
		}
		else if (fingerprint != null && this.missingPlaced.contains(fingerprint)
				&& !this.known.foreign().contains(text)) {
			this.changed.put(fingerprint, text);
			takeOff(line, fingerprint, null);
		}
		else {
			leaveForeign(line, fingerprint);
		}
	}

	private void takeOff(Line line, @Nullable Fingerprint fingerprint, @Nullable PlacedLine placed) {
		this.removed.add(line.text());
		boolean replaced = fingerprint != null && this.changed.containsKey(fingerprint) && isWanted(fingerprint);
		if (!replaced) {
			this.entries.add(new Entry(fingerprint, null, line.text(), (placed != null) ? placed.identity() : null,
					(placed != null) ? List.copyOf(placed.grants()) : List.of(), optionsOf(line), Origin.LATCHKEY,
					Status.EXTRA));
		}
	}

	private void leaveForeign(Line line, @Nullable Fingerprint fingerprint) {
		if (this.mode == Mode.EXCLUSIVE) {
			this.removedForeign.add(line);
		}
		else {
			this.target.add(line);
		}
		if (letsIn(line)) {
			this.entries.add(new Entry(fingerprint, null, line.text(), null, List.of(), optionsOf(line), Origin.FOREIGN,
					Status.EXTRA));
		}
	}

	/**
	 * Goes before a foreign line with the same key: the first that lets in decides, and
	 * Latchkey answers for its own.
	 */
	private void add(DesiredLine line) {
		int at = 0;
		while (at < this.target.size() && !isForeignWith(this.target.get(at), line.fingerprint())) {
			at++;
		}
		this.target.add(at, Line.of(line.text()));
		String changedText = this.changed.remove(line.fingerprint());
		this.entries.add(entry(line, changedText, Status.MISSING));
	}

	private boolean isForeignWith(Line line, Fingerprint fingerprint) {
		return !this.desired.containsKey(line.text())
				&& line.key().map((key) -> key.fingerprint().equals(fingerprint)).orElse(false)
				&& !fingerprint.equals(this.known.managementKey());
	}

	private boolean isWanted(Fingerprint fingerprint) {
		return this.desired.values().stream().anyMatch((line) -> line.fingerprint().equals(fingerprint));
	}

	private static boolean letsIn(Line line) {
		return line instanceof KeyLine
				|| (line instanceof OtherLine other && other.kind() == OtherLine.Kind.UNREADABLE);
	}

	private static Entry entry(DesiredLine line, @Nullable String is, Status status) {
		return new Entry(line.fingerprint(), line.text(), is, line.identity(), List.copyOf(line.grants()),
				optionsOf(Line.of(line.text())), Origin.LATCHKEY, status);
	}

	private static String optionsOf(Line line) {
		return (line instanceof KeyLine key) ? key.options().render() : "";
	}

}
