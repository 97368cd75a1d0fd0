package io.latchkey.passwords;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.SshdLook;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Findings;
import io.latchkey.passwords.Readiness.Check;
import io.latchkey.passwords.Readiness.Status;
import io.latchkey.passwords.Readiness.Subject;
import io.latchkey.ssh.NodeException;

import org.springframework.stereotype.Component;

/** Looks at what a node makes of logins by password. */
@Component
class PasswordLook {

	private final Drift drift;

	private final Findings findings;

	private final Clock clock;

	PasswordLook(Drift drift, Findings findings, Clock clock) {
		this.drift = drift;
		this.findings = findings;
		this.clock = clock;
	}

	Readiness of(Node node, SshdLook look, NodeFacts facts) {
		if (look instanceof SshdLook.Unasked unasked) {
			return blocked(node, this.findings.text("passwords.sshd.blocked." + unasked.code(), unasked.detail()));
		}
		PasswordLogins said = (PasswordLogins) look;
		Instant now = this.clock.instant();
		CheckList checks = new CheckList(this.findings);
		new ReadinessChecks(node, said).addTo(checks);
		new AccountChecks(node, said, facts, now).addTo(checks);
		return new Readiness(node.name(), now, PasswordState.of(said), checks.all(), said.place().path(),
				said.place().hash(), said.place().ours());
	}

	/** The node did not let Latchkey look. */
	Readiness of(Node node, NodeException failure) {
		return blocked(node, this.findings.of(failure));
	}

	/** It has not answered in time. */
	Readiness late(Node node) {
		return blocked(node, this.findings.text("passwords.late"));
	}

	private Readiness blocked(Node node, String why) {
		return new Readiness(node.name(), this.clock.instant(), PasswordState.UNKNOWN,
				List.of(new Check(Subject.SSHD, Status.BLOCKED, why, List.of())), null, null, false);
	}

	/** The same of what was decided. */
	PasswordLogin seen(PasswordLogin known, SshdLook look, String sshVersion) {
		Drift.Seen seen = this.drift.between(known, look, sshVersion);
		return known.seen(seen.state(), seen.warnings(), this.clock.instant());
	}

}
