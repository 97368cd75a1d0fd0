package io.latchkey.reconcile.converse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.latchkey.desired.DesiredLine;
import io.latchkey.inventory.Mode;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.reconcile.plan.FileRole;
import io.latchkey.reconcile.plan.FittingLines;
import io.latchkey.reconcile.plan.KnownLines;
import io.latchkey.reconcile.plan.LinePlan;
import io.latchkey.reconcile.plan.LinePlanner;
import org.jspecify.annotations.Nullable;

/** What is to be done to one file of an account, as often as it has to be looked at. */
final class FilePlanning {

	private final RunContext context;

	private final String account;

	private final FileRole role;

	private final List<DesiredLine> desired;

	private final @Nullable Line comesAlong;

	/**
	 * @param comesAlong the line that lets Latchkey in, where it has to come along
	 * because the file is another than before
	 */
	FilePlanning(RunContext context, String account, FileRole role, List<DesiredLine> desired,
			@Nullable Line comesAlong) {
		this.context = context;
		this.account = account;
		this.role = role;
		this.desired = desired;
		this.comesAlong = comesAlong;
	}

	/** The desired lines for which there is room in the file. */
	List<DesiredLine> fitting(AuthorizedKeysFile file, KnownLines known) {
		return (this.role == FileRole.UNTOLD) ? List.of() : new FittingLines(file, this.desired,
				this.context.reading().mostLines(), (lines) -> plan(file, lines, known))
			.find();
	}

	/**
	 * @param fitting the desired lines for which there is room
	 */
	LinePlan plan(AuthorizedKeysFile file, List<DesiredLine> fitting, KnownLines known) {
		if (this.role == FileRole.UNTOLD) {
			return new LinePlanner(file, standing(file), known, Mode.ADDITIVE).plan();
		}
		LinePlan plan = withinBounds(file, fitting, known,
				new LinePlanner(file, fitting, known, this.context.input().modeOf(this.account)).plan());
		boolean comes = this.comesAlong != null && !this.context.input().own().letLatchkeyIn(plan.target());
		return (comes && this.comesAlong != null) ? plan.withLast(this.comesAlong) : plan;
	}

	/** Nothing is added where it is not known whether sshd reads the file. */
	private List<DesiredLine> standing(AuthorizedKeysFile file) {
		Set<String> standing = file.lines().stream().map(Line::text).collect(Collectors.toSet());
		return this.desired.stream().filter((line) -> standing.contains(line.text())).toList();
	}

	/**
	 * Foreign lines that cannot all be stored stay, and Latchkey's own are kept right.
	 */
	private LinePlan withinBounds(AuthorizedKeysFile file, List<DesiredLine> lines, KnownLines known, LinePlan plan) {
		int going = plan.removedForeign().size();
		if (going == 0 || (going <= LinePlan.MOST_REMOVED && this.context.room().isFor(this.account, going))) {
			return plan;
		}
		return new LinePlanner(file, lines, known.withoutUnwanted(), Mode.ADDITIVE).plan().cutShort();
	}

}
