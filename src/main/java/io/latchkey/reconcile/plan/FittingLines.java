package io.latchkey.reconcile.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.latchkey.desired.DesiredLine;
import io.latchkey.desired.Dialect;
import io.latchkey.nodestate.AccountState;
import io.latchkey.openssh.AuthorizedKeysFile;

/**
 * Those of the desired lines for which there is room in a file of which the server reads
 * so many lines and no more. None takes the place of a line that lets in already; those
 * that stand there go before others.
 */
public final class FittingLines {

	private final AuthorizedKeysFile file;

	private final List<DesiredLine> desired;

	private final int mostLines;

	private final Function<List<DesiredLine>, LinePlan> planning;

	/**
	 * @param planning what the file should be with some of them
	 */
	public FittingLines(AuthorizedKeysFile file, List<DesiredLine> desired, int mostLines,
			Function<List<DesiredLine>, LinePlan> planning) {
		this.file = file;
		this.desired = desired;
		this.mostLines = mostLines;
		this.planning = planning;
	}

	public List<DesiredLine> find() {
		if (this.mostLines == Dialect.ANY_NUMBER || this.desired.isEmpty() || fit(this.desired)) {
			return this.desired;
		}
		List<DesiredLine> candidates = standingFirst();
		int fitting = 0;
		int tooMany = candidates.size();
		while (tooMany - fitting > 1) {
			int tried = (fitting + tooMany) >>> 1;
			if (fit(inOrder(candidates.subList(0, tried)))) {
				fitting = tried;
			}
			else {
				tooMany = tried;
			}
		}
		return inOrder(candidates.subList(0, fitting));
	}

	private boolean fit(List<DesiredLine> lines) {
		LinePlan plan = this.planning.apply(lines);
		LinesRead read = LinesRead.of(plan.target(), this.mostLines);
		Set<String> before = new HashSet<>(LinesRead.of(this.file, this.mostLines).texts());
		before.removeAll(plan.allRemoved());
		return read.texts().containsAll(before) && read.texts().containsAll(plan.added())
				&& read.texts().containsAll(standsFor(lines, plan));
	}

	/**
	 * The lines that let in what is desired: those themselves, or the foreign ones for
	 * them.
	 */
	private static List<String> standsFor(List<DesiredLine> lines, LinePlan plan) {
		Set<String> served = plan.served().stream().map(DesiredLine::text).collect(Collectors.toSet());
		return Stream
			.concat(lines.stream().map(DesiredLine::text).filter((text) -> !served.contains(text)),
					plan.entries()
						.stream()
						.filter((entry) -> entry.origin() == AccountState.Origin.FOREIGN && entry.is() != null
								&& entry.shouldBe() != null && served.contains(entry.shouldBe()))
						.map((entry) -> String.valueOf(entry.is())))
			.toList();
	}

	private List<DesiredLine> standingFirst() {
		Set<String> standing = LinesRead.of(this.file, this.mostLines).texts();
		List<DesiredLine> candidates = new ArrayList<>(this.desired.size());
		this.desired.stream().filter((line) -> standing.contains(line.text())).forEach(candidates::add);
		this.desired.stream().filter((line) -> !standing.contains(line.text())).forEach(candidates::add);
		return candidates;
	}

	private List<DesiredLine> inOrder(List<DesiredLine> some) {
		Set<DesiredLine> chosen = new HashSet<>(some);
		return this.desired.stream().filter(chosen::contains).toList();
	}

}
