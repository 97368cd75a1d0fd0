package io.latchkey.reconcile.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.AccountState;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.Fingerprint;

/**
 * What is to be done to one file, and how each of its lines stands now.
 *
 * @param target the file as it should be in the node's mode
 * @param entries how each line that counts stands now
 * @param added the lines that {@code target} has more
 * @param removed Latchkey's own lines that {@code target} has no more
 * @param removedForeign the foreign lines that {@code target} has no more
 * @param served the desired lines for which a foreign one stands
 * @param isCutShort whether foreign lines should go and stay, because they are too many
 */
public record LinePlan(AuthorizedKeysFile target, List<AccountState.Entry> entries, List<String> added,
		List<String> removed, List<AuthorizedKeysFile.Line> removedForeign, List<DesiredLine> served,
		boolean isCutShort) {

	/** Foreign lines of one file that go at once: each is stored before. */
	public static final int MOST_REMOVED = 1_000;

	public LinePlan(AuthorizedKeysFile target, List<AccountState.Entry> entries, List<String> added,
			List<String> removed, List<AuthorizedKeysFile.Line> removedForeign, List<DesiredLine> served) {
		this(target, entries, added, removed, removedForeign, served, false);
	}

	/** The same, of which is known that foreign lines stay that should go. */
	public LinePlan cutShort() {
		return new LinePlan(this.target, this.entries, this.added, this.removed, this.removedForeign, this.served,
				true);
	}

	public boolean isNothingToDo() {
		return this.added.isEmpty() && this.removed.isEmpty() && this.removedForeign.isEmpty();
	}

	/** The texts of all that goes. */
	public List<String> allRemoved() {
		return Stream.concat(this.removed.stream(), this.removedForeign.stream().map(AuthorizedKeysFile.Line::text))
			.toList();
	}

	/** Whether there are foreign lines that stand for no desired one, but for these. */
	public boolean hasForeignLinesBut(Set<Fingerprint> tolerated) {
		return this.entries.stream()
			.anyMatch((entry) -> entry.origin() == AccountState.Origin.FOREIGN
					&& entry.status() == AccountState.Status.EXTRA
					&& (entry.fingerprint() == null || !tolerated.contains(entry.fingerprint())));
	}

	/** The same, and a line that lets Latchkey itself in at the end of the file. */
	public LinePlan withLast(AuthorizedKeysFile.Line line) {
		List<AuthorizedKeysFile.Line> lines = new ArrayList<>(this.target.lines());
		lines.add(line);
		return to(AuthorizedKeysFile.of(lines));
	}

	/** The same with another target. */
	public LinePlan to(AuthorizedKeysFile other) {
		return new LinePlan(other, this.entries,
				Stream.concat(this.added.stream(), beyond(other, this.target).stream()).toList(),
				Stream.concat(this.removed.stream(), beyond(this.target, other).stream()).toList(), this.removedForeign,
				this.served, this.isCutShort);
	}

	/** The lines that a file has more than another. */
	private static List<String> beyond(AuthorizedKeysFile file, AuthorizedKeysFile other) {
		Map<String, Integer> there = new HashMap<>();
		other.lines().forEach((line) -> there.merge(line.text(), 1, Integer::sum));
		return file.lines()
			.stream()
			.map(AuthorizedKeysFile.Line::text)
			.filter((text) -> there.merge(text, -1, Integer::sum) < 0)
			.toList();
	}

}
