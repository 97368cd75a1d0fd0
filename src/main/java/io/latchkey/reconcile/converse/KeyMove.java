package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.latchkey.inventory.Mode;
import io.latchkey.managementkeys.KeyStanding;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementLines;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.plan.FileRole;
import io.latchkey.reconcile.plan.LinePlan;
import io.latchkey.reconcile.read.RunInput;
import io.latchkey.runs.AccountOutcome;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How one run moves its node from the management key before to the newest, while a
 * rotation is under way: first the new line comes beside the old one, then a login with
 * the new key alone has to prove it, and only then the old line goes. Each of the two
 * writes is on trial, so that a death at any moment leaves a file that lets Latchkey in
 * by a key that it still has.
 */
final class KeyMove {

	private final ManagementLines lines;

	private boolean underWay;

	private boolean letIn;

	private boolean proved;

	private KeyMove(ManagementLines lines, boolean underWay) {
		this.lines = lines;
		this.underWay = underWay;
	}

	/** A node that is to leave moves no more, and one that is only observed not yet. */
	static KeyMove begin(RunInput input) {
		return new KeyMove(input.management(),
				input.management().rotates() && input.leaving() == null && input.node().mode() != Mode.OBSERVE);
	}

	/** Whether there is anything to move. */
	boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * The node let the newest key in just now. That proves the file which is looked at
	 * next, once that can no longer be put back.
	 */
	void noteLetIn() {
		this.letIn = true;
	}

	/**
	 * The newest key is not to be had now. The node stays with the one before, and moves
	 * at another run.
	 */
	void putOff() {
		this.underWay = false;
	}

	/** The first file of the management account stands as it was looked at. */
	void noteStands(AuthorizedKeysFile first) {
		this.proved = this.proved || (isUnderWay() && this.letIn && this.lines.holdNewest(first));
	}

	/** The plan, and what it takes for the next step. */
	LinePlan next(LinePlan plan, FileRole role) {
		if (!isUnderWay()) {
			return plan;
		}
		if (this.proved) {
			return without(plan);
		}
		boolean belongsHere = role == FileRole.FIRST && !this.lines.holdNewest(plan.target());
		return belongsHere ? with(plan) : plan;
	}

	/** With what a file is proved: where it counts, with the newest key alone. */
	Login proving(Login login, AuthorizedKeysFile target) {
		boolean byNewest = isUnderWay() && (this.proved || this.lines.holdNewest(target));
		return byNewest ? byNewest(login) : login;
	}

	Login byNewest(Login login) {
		return new Login(login.account(), login.privilege(), Secret.ManagementKey.only(List.of(newest().id())));
	}

	Login byOlder(Login login) {
		return new Login(login.account(), login.privilege(), Secret.ManagementKey.only(this.lines.olderIds()));
	}

	/**
	 * A file was proved.
	 * @return whether there is another step to be done now
	 */
	boolean advance(AuthorizedKeysFile proved) {
		if (!isUnderWay() || this.proved || !this.lines.holdNewest(proved)) {
			return false;
		}
		this.proved = true;
		return true;
	}

	/**
	 * How far it has come.
	 * @param content what the management account lets in now, or null when that is not
	 * known
	 * @return nothing when there is nothing to move
	 */
	@Nullable KeyStanding standing(AccountOutcome.@Nullable Content content) {
		if (!isUnderWay()) {
			return null;
		}
		Set<Fingerprint> left = (content != null) ? content.keys() : this.lines.fingerprints();
		boolean cleared = this.lines.keys().stream().skip(1).map(ManagementKey::fingerprint).noneMatch(left::contains);
		return new KeyStanding(newest().id(), this.proved && cleared);
	}

	private ManagementKey newest() {
		return this.lines.newest();
	}

	private LinePlan with(LinePlan plan) {
		return plan.with(afterOlder(plan.target()), List.of(this.lines.line()), List.of());
	}

	/** Beside the old one, or at the end where there is none. */
	private AuthorizedKeysFile afterOlder(AuthorizedKeysFile file) {
		List<Line> all = new ArrayList<>(file.lines());
		int at = all.size();
		while (at > 0 && !this.lines.isOlder(all.get(at - 1))) {
			at--;
		}
		all.add((at > 0) ? at : all.size(), Line.of(this.lines.line()));
		return AuthorizedKeysFile.of(all);
	}

	private LinePlan without(LinePlan plan) {
		List<Line> older = plan.target().lines().stream().filter(this.lines::isOlder).toList();
		if (older.isEmpty()) {
			return plan;
		}
		List<Line> rest = plan.target().lines().stream().filter((line) -> !this.lines.isOlder(line)).toList();
		return plan.with(AuthorizedKeysFile.of(rest), List.of(), older.stream().map(Line::text).toList());
	}

}
