package io.latchkey.reconcile;

import io.latchkey.RequiresProgram;
import io.latchkey.audit.AuditTrail;
import io.latchkey.delivery.LiveSessions;
import io.latchkey.delivery.Revocations;
import io.latchkey.delivery.UnendedSession;
import io.latchkey.delivery.UnendedSessions;
import io.latchkey.grants.Grant;
import io.latchkey.identity.Identity;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.Pageable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that cannot be ended, for the node does not tell whose they are: they are not
 * forgotten before somebody has seen to them.
 */
@RequiresProgram({ "sshd", "ssh" })
class UnendedSessionsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts().configure("LogLevel ERROR");

	@Autowired
	Revocations revocations;

	@Autowired
	UnendedSessions unended;

	@Autowired
	AuditTrail trail;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void keepsThemInSightUntilTheyAreSeenTo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String ben = identityWith(key);
		Grant grant = grant(ben, node, "root", null);
		settled(grant);
		try (SshSession session = ssh().open("root", key)) {
			this.revocations.removeKey(ben, Fingerprint.parse(key.fingerprint()), LiveSessions.END);
			settled(grant);
			assertThat(session.isOpen()).isTrue();
			assertThat(this.unended.of(identity(ben))).singleElement().satisfies((left) -> {
				assertThat(left.standing()).isEqualTo(UnendedSession.Standing.LEFT);
				assertThat(left.node()).isEqualTo(node.name());
				assertThat(left.detail()).startsWith("1 session of root cannot be told apart");
			});
			assertThat(this.unended.open()).anySatisfy((left) -> assertThat(left.identity()).isEqualTo(ben));

			this.unended.tryAgain(identity(ben));
			settled(grant);
			assertThat(this.unended.of(identity(ben))).singleElement()
				.satisfies((left) -> assertThat(left.standing()).isEqualTo(UnendedSession.Standing.LEFT));
		}
		this.unended.tryAgain(identity(ben));
		settled(grant);
		assertThat(this.unended.of(identity(ben))).isEmpty();
	}

	@Test
	void forgetsThemOnceSomebodyHasSeenToThem() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String ben = identityWith(key);
		Grant grant = grant(ben, node, "root", null);
		settled(grant);
		try (SshSession session = ssh().open("root", key)) {
			this.revocations.suspend(ben, LiveSessions.END);
			settled(grant);
			assertThat(this.unended.of(identity(ben))).hasSize(1);
			this.unended.see(identity(ben));
			assertThat(this.unended.of(identity(ben))).isEmpty();
			assertThat(this.unended.open()).noneMatch((left) -> ben.equals(left.identity()));
			assertThat(session.isOpen()).isTrue();
		}
		assertThat(this.trail.list(Pageable.ofSize(1)).getContent().get(0).action()).isEqualTo("sessions.seen");
	}

	private Identity identity(String name) {
		return this.identities.get(name);
	}

}
