package io.latchkey.reconcile.converse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.accounts.LoginObstacle;
import io.latchkey.desired.DesiredLine;
import io.latchkey.nodestate.Findings;
import io.latchkey.openssh.AuthorizedKeysFile.KeyLine;
import io.latchkey.openssh.AuthorizedKeysFile.Line;
import io.latchkey.openssh.LoginVerdict;
import org.jspecify.annotations.Nullable;

/**
 * Whether sshd lets in by the desired lines of an account, as far as its node told: a
 * line that stands is of no use where sshd refuses the account or the key.
 */
class Admission {

	private final AccountFiles files;

	private final List<DesiredLine> desired;

	private final Findings findings;

	private final RevokedKeys revoked;

	/**
	 * @param desired the account's lines; without any there is nothing to be said
	 */
	Admission(AccountFiles files, List<DesiredLine> desired, Findings findings) {
		this(files, desired, findings, RevokedKeys.NONE);
	}

	private Admission(AccountFiles files, List<DesiredLine> desired, Findings findings, RevokedKeys revoked) {
		this.revoked = revoked;
		this.files = files;
		this.desired = desired;
		this.findings = findings;
	}

	/** The same, with what the node's list of revoked keys says. */
	Admission knowing(NodeConversation conversation) {
		List<String> lists = this.files.rules().revokedKeys();
		boolean asks = !lists.isEmpty() && !this.desired.isEmpty();
		return asks ? new Admission(this.files, this.desired, this.findings, RevokedKeys.read(conversation, lists))
				: this;
	}

	/** Why nobody is let in as the account, or null. */
	@Nullable String refusal() {
		if (this.desired.isEmpty()) {
			return null;
		}
		LoginObstacle obstacle = this.files.obstacle();
		if (obstacle != null && isOfTheAccountAlone()) {
			return this.findings.of(obstacle, this.files.account());
		}
		if (this.revoked.missing() != null) {
			return this.findings.text("refused.revoked-keys.missing", this.files.account(), this.revoked.missing());
		}
		return ofAccount().stream().filter(LoginVerdict::isRefusal).findFirst().map(this::text).orElse(null);
	}

	/** Whether it is the account itself, and no rule of sshd's, that lets nobody in. */
	boolean isOfTheAccountAlone() {
		LoginObstacle obstacle = this.files.obstacle();
		return obstacle != null && isHeeded(obstacle);
	}

	/** What else a person should know of logins as the account. */
	List<String> remarks() {
		List<String> remarks = new ArrayList<>();
		if (this.desired.isEmpty()) {
			return remarks;
		}
		LoginObstacle obstacle = this.files.obstacle();
		if (obstacle != null && !isHeeded(obstacle)) {
			remarks.add(this.findings.of(obstacle, this.files.account()));
		}
		ofAccount().stream().filter((verdict) -> !verdict.isRefusal()).map(this::text).forEach(remarks::add);
		return remarks;
	}

	/** What is said of each line; those of which nothing is are left out. */
	LineVerdicts ofLines() {
		Map<DesiredLine, String> refused = new LinkedHashMap<>();
		List<String> remarks = new ArrayList<>();
		for (DesiredLine line : this.desired) {
			if (this.revoked.keys().contains(line.fingerprint())) {
				refused.put(line, this.findings.text("refused.revoked-keys", this.files.account(),
						String.join(" ", this.files.rules().revokedKeys())));
			}
			for (LoginVerdict verdict : of(line)) {
				if (verdict.isRefusal()) {
					refused.putIfAbsent(line, text(verdict));
				}
				else {
					remarks.add(remark(line, text(verdict)));
				}
			}
		}
		refused.forEach((line, why) -> remarks.add(remark(line, why)));
		return new LineVerdicts(refused, remarks.stream().distinct().toList());
	}

	private String remark(DesiredLine line, String why) {
		return this.findings.text("refused.line", line.identity(), why);
	}

	/**
	 * What is said of an account's lines.
	 *
	 * @param refused those by which sshd lets nobody in, and why
	 * @param remarks of these and of others, for a person
	 */
	record LineVerdicts(Map<DesiredLine, String> refused, List<String> remarks) {

	}

	private boolean isHeeded(LoginObstacle obstacle) {
		return switch (obstacle.kind()) {
			case LOCKED, EXPIRED -> true;
			case NO_SHELL -> this.files.rules().looksAtShell();
			case SHELL -> false;
		};
	}

	private List<LoginVerdict> ofAccount() {
		return this.files.rules().ofAccount(this.files.account());
	}

	private List<LoginVerdict> of(DesiredLine desired) {
		return (Line.of(desired.text()) instanceof KeyLine line)
				? this.files.rules().ofKey(this.files.account(), line.publicKey(), line.options()) : List.of();
	}

	private String text(LoginVerdict verdict) {
		return this.findings.of(verdict, this.files.account(), this.files.rules());
	}

}
