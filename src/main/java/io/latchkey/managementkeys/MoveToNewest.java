package io.latchkey.managementkeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.openssh.AuthorizedKeysFile;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.runs.KeyMove;
import io.latchkey.runs.KeyStanding;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How one run moves its node from the management key before to the newest, while a
 * rotation is under way: first the new line comes beside the old one, then a login with
 * the new key alone has to prove it, and only then the old line goes. Each of the two
 * writes is on trial, so that a death at any moment leaves a file that lets Latchkey in
 * by a key that it still has.
 */
final class MoveToNewest implements KeyMove {

	private final ManagementLines lines;

	private boolean putOff;

	private boolean letIn;

	private boolean proved;

	MoveToNewest(ManagementLines lines) {
		this.lines = lines;
	}

	@Override
	public boolean isUnderWay() {
		return !this.putOff;
	}

	/**
	 * By the newest key, and where that is refused, by the one before. Where the newest
	 * is not to be had now, the node stays with the one before, and moves at another run.
	 */
	@Override
	public NodeConversation connect(Login login, Function<Login, NodeConversation> afresh) {
		try {
			NodeConversation conversation = afresh.apply(byNewest(login));
			this.letIn = true;
			return conversation;
		}
		catch (NodeException.NotLetIn | NodeException.TriedTooOften ex) {
			return afresh.apply(byOlder(login));
		}
		catch (NodeException.AgentUnavailable ex) {
			NodeConversation conversation = afresh.apply(byOlder(login));
			this.putOff = true;
			return conversation;
		}
	}

	private Login byNewest(Login login) {
		return new Login(login.account(), login.privilege(), Secret.ManagementKey.only(List.of(newest().id())));
	}

	private Login byOlder(Login login) {
		return new Login(login.account(), login.privilege(),
				Secret.ManagementKey.only(this.lines.older().stream().map(ManagementKey::id).toList()));
	}

	/**
	 * That the node let the newest key in proves the file which is looked at next, once
	 * that can no longer be put back.
	 */
	@Override
	public void noteStands(AuthorizedKeysFile first) {
		this.proved = this.proved || (isUnderWay() && this.letIn && this.lines.holdNewest(first));
	}

	@Override
	public AuthorizedKeysFile inFirst(AuthorizedKeysFile planned) {
		boolean isToCome = isUnderWay() && !this.proved && !this.lines.holdNewest(planned);
		return isToCome ? withNewest(planned) : inOther(planned);
	}

	@Override
	public AuthorizedKeysFile inOther(AuthorizedKeysFile planned) {
		return (isUnderWay() && this.proved) ? withoutOlder(planned) : planned;
	}

	/** Where the file counts, with the newest key alone. */
	@Override
	public Login proving(Login login, AuthorizedKeysFile target) {
		boolean byNewest = isUnderWay() && (this.proved || this.lines.holdNewest(target));
		return byNewest ? byNewest(login) : login;
	}

	@Override
	public boolean advance(AuthorizedKeysFile proved) {
		if (!isUnderWay() || this.proved || !this.lines.holdNewest(proved)) {
			return false;
		}
		this.proved = true;
		return true;
	}

	@Override
	public @Nullable KeyStanding standing(@Nullable Set<Fingerprint> left) {
		if (!isUnderWay()) {
			return null;
		}
		Set<Fingerprint> letIn = (left != null) ? left : this.lines.fingerprints();
		boolean cleared = this.lines.older().stream().map(ManagementKey::fingerprint).noneMatch(letIn::contains);
		return new KeyStanding(newest().id(), this.proved && cleared);
	}

	private ManagementKey newest() {
		return this.lines.newest();
	}

	/** Beside the old one, or at the end where there is none. */
	private AuthorizedKeysFile withNewest(AuthorizedKeysFile file) {
		List<Line> all = new ArrayList<>(file.lines());
		int at = all.size();
		while (at > 0 && !this.lines.isOlder(all.get(at - 1))) {
			at--;
		}
		all.add((at > 0) ? at : all.size(), Line.of(this.lines.line()));
		return AuthorizedKeysFile.of(all);
	}

	private AuthorizedKeysFile withoutOlder(AuthorizedKeysFile file) {
		List<Line> rest = file.lines().stream().filter((line) -> !this.lines.isOlder(line)).toList();
		return (rest.size() < file.lines().size()) ? AuthorizedKeysFile.of(rest) : file;
	}

}
