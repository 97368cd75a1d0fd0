package io.latchkey.reconcile;

import java.time.Duration;

import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.Patience;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshSession;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The policy that ends sessions without being asked.
 */
@StrictApplicationTest
class AlwaysEndedSessionsSshdTests extends JobOnSshd {

	private static final Duration SOON = Patience.of(Duration.ofSeconds(5));

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void endsSessionsByWhateverWayTheAccessIsTaken() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair revoked = SshKeys.generate();
		SshKeyPair deleted = SshKeys.generate();
		Grant grant = grant(identityWith(revoked), node, "deploy", null);
		String leaver = identityWith(deleted);
		Grant theirs = grant(leaver, node, "deploy", null);
		settled(grant);
		settled(theirs);
		try (SshSession one = ssh().open("deploy", revoked); SshSession other = ssh().open("deploy", deleted)) {
			this.grants.revoke(grant.id());
			assertThat(settled(grant).nodes()).singleElement()
				.satisfies((entry) -> assertThat(entry.detail()).isEqualTo("1 live session was ended."));
			assertThat(one.endsWithin(SOON)).isTrue();
			assertThat(other.isOpen()).isTrue();
			this.identities.delete(leaver);
			settled(theirs);
			assertThat(other.endsWithin(SOON)).isTrue();
		}
	}

}
