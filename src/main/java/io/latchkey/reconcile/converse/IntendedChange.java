package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.PlacedLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.reconcile.plan.LinePlan;

/**
 * What has to be known of a file's change before it is made.
 *
 * @param toPlace the lines that will stand and are not known as Latchkey's yet
 * @param toAdd those of them of which nothing is known
 * @param toTakeOver the ids of those for which a foreign line stood
 * @param toRemove the foreign lines that will go, each of which is stored
 */
public record IntendedChange(List<PlacedLine> toPlace, List<PlacedLine> toAdd, List<Long> toTakeOver,
		List<Line> toRemove) {

	/**
	 * @param fitting the desired lines for which there is room
	 * @param path where they will stand
	 */
	static IntendedChange of(LinePlan plan, List<DesiredLine> fitting, KnownLines known, String account, String path) {
		Map<String, PlacedLine> placed = known.placedByText();
		List<PlacedLine> toPlace = new ArrayList<>();
		List<Long> toTakeOver = new ArrayList<>();
		for (DesiredLine line : fitting) {
			PlacedLine before = placed.get(line.text());
			if (plan.served().contains(line) || (before != null && before.isOwn())) {
				continue;
			}
			if (before != null) {
				toTakeOver.add(before.id());
			}
			toPlace.add(PlacedLine.own(account, line, path));
		}
		List<PlacedLine> toAdd = toPlace.stream().filter((line) -> !placed.containsKey(line.line())).toList();
		return new IntendedChange(toPlace, toAdd, toTakeOver, plan.removedForeign());
	}

	boolean isNothing() {
		return this.toPlace.isEmpty() && this.toRemove.isEmpty();
	}

}
