package io.latchkey.reconcile.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
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

	private final TargetLines target;

	private final LineEntries entries;

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
		this.target = new TargetLines(this.order, known.managementKeys());
		this.entries = new LineEntries(this.order);
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
				? this.observed : this.target.toFile();
		return new LinePlan(file, this.entries.all(), added, this.removed, this.removedForeign,
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
			this.target.append(line);
			this.entries.ofManagement(line, fingerprint);
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
		if (this.target.isBehind(line, wanted.fingerprint())) {
			this.removed.add(line.text());
			return;
		}
		this.target.stand(line, wanted.fingerprint());
		this.inPlace.add(line.text());
		this.entries.inPlace(wanted);
	}

	private void takeOff(Line line, @Nullable Fingerprint fingerprint, @Nullable PlacedLine placed) {
		this.removed.add(line.text());
		boolean replaced = fingerprint != null && this.changed.containsKey(fingerprint) && isWanted(fingerprint);
		if (!replaced) {
			this.entries.extra(line, fingerprint, placed);
		}
	}

	private void placeForeign(Line line, @Nullable Fingerprint fingerprint) {
		DesiredLine served = (fingerprint != null) ? servedBy(line, fingerprint) : null;
		if (!this.kept.containsKey(line.text()) && isToGo(fingerprint, served)) {
			this.removedForeign.add(line);
			noteForeign(line, fingerprint);
			return;
		}
		this.target.stand(line, fingerprint);
		if (served != null && fingerprint != null) {
			this.inPlace.add(served.text());
			this.servedByForeign.add(served);
			this.entries.serves(line, fingerprint, served);
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
		if (same == null || this.inPlace.contains(same.text()) || this.target.isBehind(line, fingerprint)) {
			return null;
		}
		boolean standsItself = this.own.containsKey(same.text()) && this.observedTexts.contains(same.text());
		return standsItself ? null : same;
	}

	private void noteForeign(Line line, @Nullable Fingerprint fingerprint) {
		if (this.kept.containsKey(line.text())) {
			this.entries.kept(line, fingerprint);
		}
		else {
			this.entries.foreign(line, fingerprint);
		}
	}

	private void add(DesiredLine line) {
		this.target.insert(line);
		this.entries.missing(line, this.changed.remove(line.fingerprint()));
	}

	/** Those that are missing go to the end, and come back with their own bytes. */
	private List<String> addKept() {
		Set<String> standing = this.target.texts();
		List<Line> missing = this.kept.values().stream().filter((line) -> !standing.contains(line.text())).toList();
		for (Line line : missing) {
			this.target.append(line);
			this.entries.missing(line);
		}
		return missing.stream().map(Line::text).toList();
	}

	private boolean isWanted(Fingerprint fingerprint) {
		return this.desired.values().stream().anyMatch((line) -> line.fingerprint().equals(fingerprint));
	}

}
