package io.latchkey.reconcile.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;

/**
 * What is remembered of the lines of one account: those that Latchkey placed, and those
 * that it has seen as foreign before.
 *
 * @param kept foreign lines that were removed, and restored: they are to stand
 * @param tolerated the foreign keys that may stand in every mode
 * @param unwanted the foreign keys that may stand in none
 * @param foreignWhole whether all foreign lines with a key of Latchkey's are known
 */
public record KnownLines(List<PlacedLine> placed, Set<String> foreign, List<Line> kept, Set<Fingerprint> managementKeys,
		Set<Fingerprint> tolerated, Set<Fingerprint> unwanted, boolean foreignWhole) {

	/** Nothing was decided of any foreign key. */
	KnownLines(List<PlacedLine> placed, Set<String> foreign, List<Line> kept, Set<Fingerprint> managementKeys) {
		this(placed, foreign, kept, managementKeys, Set.of(), Set.of());
	}

	/** All foreign lines are known. */
	KnownLines(List<PlacedLine> placed, Set<String> foreign, List<Line> kept, Set<Fingerprint> managementKeys,
			Set<Fingerprint> tolerated, Set<Fingerprint> unwanted) {
		this(placed, foreign, kept, managementKeys, tolerated, unwanted, true);
	}

	/**
	 * Whether a line may have stood there as a foreign one before. Where not all are
	 * known it may: then nothing is taken for a changed line of Latchkey's.
	 */
	boolean mayBeForeign(String text) {
		return !this.foreignWhole || this.foreign.contains(text);
	}

	public Map<String, PlacedLine> placedByText() {
		return this.placed.stream()
			.collect(Collectors.toMap(PlacedLine::line, Function.identity(), (one, other) -> one));
	}

	/** Those that Latchkey wrote. */
	Map<String, PlacedLine> ownByText() {
		return this.placed.stream()
			.filter(PlacedLine::isOwn)
			.collect(Collectors.toMap(PlacedLine::line, Function.identity(), (one, other) -> one));
	}

	/** The same, with lines that are about to be placed. */
	public KnownLines with(Collection<PlacedLine> noted) {
		Set<String> texts = noted.stream().map(PlacedLine::line).collect(Collectors.toSet());
		return new KnownLines(
				Stream.concat(this.placed.stream().filter((line) -> !texts.contains(line.line())), noted.stream())
					.toList(),
				this.foreign, this.kept, this.managementKeys, this.tolerated, this.unwanted, this.foreignWhole);
	}

	/** The same, and no foreign key has to go. */
	public KnownLines withoutUnwanted() {
		return new KnownLines(this.placed, this.foreign, this.kept, this.managementKeys, this.tolerated, Set.of(),
				this.foreignWhole);
	}

	/**
	 * What is known of another file of the account than the one that the lines belong in:
	 * there none is missing.
	 */
	public KnownLines elsewhere() {
		return new KnownLines(this.placed.stream().map(PlacedLine::neverSeen).toList(), this.foreign, List.of(),
				this.managementKeys, this.tolerated, this.unwanted, this.foreignWhole);
	}

}
