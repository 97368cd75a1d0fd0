package io.latchkey.reconcile.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.AccountState.Entry;
import io.latchkey.nodestate.AccountState.Origin;
import io.latchkey.nodestate.AccountState.Status;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.AuthorizedKeysFile.OtherLine;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.openssh.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Compares one file with what it should be. Pure.
 * <p>
 * A line is Latchkey's own when it is one of the placed ones, or when it bears the key of
 * a placed one that stood there, is missing and was not seen as foreign before: then
 * somebody changed it. A foreign line that does the same as a desired one stands for it,
 * unless another line of that key goes ahead of it. A line with the management key stays
 * as it is, whoever wrote it. A foreign line that is kept stands in every mode; of the
 * others, one whose key is unwanted stands in none that writes, and one whose key is
 * tolerated in every.
 */
public class LinePlanner {

	private final AuthorizedKeysFile observed;

	private final Map<String, DesiredLine> desired = new LinkedHashMap<>();

	private final DesiredOrder order;

	private final KnownLines known;

	private final Mode mode;

	private final Map<String, PlacedLine> own;

	private final Set<String> observedTexts;

	private final Set<Fingerprint> missingOwn;

	private final List<Line> target = new ArrayList<>();

	private final Map<Fingerprint, Integer> highestRank = new HashMap<>();

	private final List<Entry> entries = new ArrayList<>();

	private final List<String> removed = new ArrayList<>();

	private final List<Line> removedForeign = new ArrayList<>();

	private final Map<String, Line> kept;

	private final Set<String> inPlace = new HashSet<>();

	private final List<DesiredLine> servedByForeign = new ArrayList<>();

	private final Map<Fingerprint, String> changed = new LinkedHashMap<>();

	public LinePlanner(AuthorizedKeysFile observed, List<DesiredLine> desired, KnownLines known, Mode mode) {
		this.observed = observed;
		desired.forEach((line) -> this.desired.put(line.text(), line));
		this.order = new DesiredOrder(desired);
		this.known = known;
		this.mode = mode;
		this.kept = known.kept()
			.stream()
			.collect(Collectors.toMap(Line::text, (line) -> line, (one, other) -> one, LinkedHashMap::new));
		this.own = known.ownByText();
		this.observedTexts = observed.lines().stream().map(Line::text).collect(Collectors.toSet());
		this.missingOwn = this.own.values()
			.stream()
			.filter((line) -> line.stood() && !this.observedTexts.contains(line.line()))
			.map(PlacedLine::fingerprint)
			.collect(Collectors.toSet());
	}

	public LinePlan plan() {
		this.observed.lines().forEach(this::place);
		List<String> added = new ArrayList<>();
		for (DesiredLine line : this.desired.values()) {
			if (!this.inPlace.contains(line.text())) {
				add(line);
				added.add(line.text());
			}
		}
		added.addAll(addKept());
		AuthorizedKeysFile file = (added.isEmpty() && this.removed.isEmpty() && this.removedForeign.isEmpty())
				? this.observed : AuthorizedKeysFile.of(this.target);
		return new LinePlan(file, List.copyOf(this.entries), added, this.removed, this.removedForeign,
				List.copyOf(this.servedByForeign));
	}

	private void place(Line line) {
		String text = line.text();
		Fingerprint fingerprint = line.key().map(PublicKey::fingerprint).orElse(null);
		DesiredLine wanted = isOwn(text) ? this.desired.get(text) : null;
		if (wanted != null && !this.inPlace.contains(text)) {
			placeWanted(line, wanted);
		}
		else if (fingerprint != null && this.known.managementKeys().contains(fingerprint)) {
			this.target.add(line);
			this.entries.add(new Entry(fingerprint, text, text, null, List.of(), optionsOf(line), Origin.LATCHKEY,
					Status.IN_PLACE));
		}
		else if (isOwn(text) && !this.kept.containsKey(text)) {
			takeOff(line, fingerprint, this.own.get(text));
		}
		else if (fingerprint != null && this.missingOwn.contains(fingerprint) && !this.known.mayBeForeign(text)
				&& !this.kept.containsKey(text)) {
			this.changed.put(fingerprint, text);
			takeOff(line, fingerprint, null);
		}
		else {
			placeForeign(line, fingerprint);
		}
	}

	/** Where only the desired lines may stand, a line with their text is one of them. */
	private boolean isOwn(String text) {
		return this.own.containsKey(text) || (this.mode == Mode.EXCLUSIVE && this.desired.containsKey(text));
	}

	/** One that stands behind a line that decides instead of it goes ahead. */
	private void placeWanted(Line line, DesiredLine wanted) {
		if (isBehind(wanted.fingerprint(), this.order.rankOf(line))) {
			this.removed.add(line.text());
			return;
		}
		stand(line, wanted.fingerprint());
		this.inPlace.add(line.text());
		this.entries.add(entry(wanted, line.text(), Status.IN_PLACE));
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

	private void placeForeign(Line line, @Nullable Fingerprint fingerprint) {
		DesiredLine served = (fingerprint != null) ? servedBy(line, fingerprint) : null;
		if (!this.kept.containsKey(line.text()) && isToGo(fingerprint, served)) {
			this.removedForeign.add(line);
			noteForeign(line, fingerprint);
			return;
		}
		stand(line, fingerprint);
		if (served != null) {
			this.inPlace.add(served.text());
			this.servedByForeign.add(served);
			this.entries.add(new Entry(fingerprint, served.text(), line.text(), served.identity(),
					List.copyOf(served.grants()), optionsOf(line), Origin.FOREIGN, Status.IN_PLACE));
		}
		else {
			noteForeign(line, fingerprint);
		}
	}

	/** A grant that came meanwhile speaks for the key that was unwanted. */
	private boolean isToGo(@Nullable Fingerprint fingerprint, @Nullable DesiredLine served) {
		boolean unwanted = fingerprint != null && this.known.unwanted().contains(fingerprint);
		boolean tolerated = fingerprint != null && this.known.tolerated().contains(fingerprint);
		return (this.mode == Mode.EXCLUSIVE) ? unwanted || !tolerated : unwanted && served == null;
	}

	/** The desired line for which this foreign one stands, or null. */
	private @Nullable DesiredLine servedBy(Line line, Fingerprint fingerprint) {
		DesiredLine same = this.order.sameAs(line);
		if (same == null || this.inPlace.contains(same.text()) || isBehind(fingerprint, this.order.rankOf(line))) {
			return null;
		}
		boolean standsItself = this.own.containsKey(same.text()) && this.observedTexts.contains(same.text());
		return standsItself ? null : same;
	}

	private void noteForeign(Line line, @Nullable Fingerprint fingerprint) {
		if (letsIn(line)) {
			boolean isKept = this.kept.containsKey(line.text());
			this.entries.add(
					new Entry(fingerprint, isKept ? line.text() : null, line.text(), this.order.identityOf(fingerprint),
							List.of(), optionsOf(line), Origin.FOREIGN, isKept ? Status.IN_PLACE : Status.EXTRA));
		}
	}

	private void stand(Line line, @Nullable Fingerprint fingerprint) {
		this.target.add(line);
		if (fingerprint != null) {
			this.highestRank.merge(fingerprint, this.order.rankOf(line), Math::max);
		}
	}

	private boolean isBehind(Fingerprint fingerprint, int rank) {
		return this.highestRank.getOrDefault(fingerprint, 0) > rank;
	}

	/** Goes ahead of the lines of that key that come after it, or are foreign. */
	private void add(DesiredLine line) {
		int rank = this.order.rankOf(Line.of(line.text()));
		int at = 0;
		while (at < this.target.size() && !isAfter(this.target.get(at), line.fingerprint(), rank)) {
			at++;
		}
		this.target.add(at, Line.of(line.text()));
		String changedText = this.changed.remove(line.fingerprint());
		this.entries.add(entry(line, changedText, Status.MISSING));
	}

	/** Those that are missing go to the end, and come back with their own bytes. */
	private List<String> addKept() {
		Set<String> standing = this.target.stream().map(Line::text).collect(Collectors.toSet());
		List<Line> missing = this.kept.values().stream().filter((line) -> !standing.contains(line.text())).toList();
		for (Line line : missing) {
			this.target.add(line);
			this.entries.add(new Entry(line.key().map(PublicKey::fingerprint).orElse(null), line.text(), null, null,
					List.of(), optionsOf(line), Origin.FOREIGN, Status.MISSING));
		}
		return missing.stream().map(Line::text).toList();
	}

	private boolean isAfter(Line line, Fingerprint fingerprint, int rank) {
		return line.key().map((key) -> key.fingerprint().equals(fingerprint)).orElse(false)
				&& !this.known.managementKeys().contains(fingerprint) && this.order.rankOf(line) > rank;
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
