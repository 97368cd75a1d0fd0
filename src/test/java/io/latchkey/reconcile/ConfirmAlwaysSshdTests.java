package io.latchkey.reconcile;

import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.Run;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The setting by which each write to the file that lets Latchkey in is proved.
 */
@StrictApplicationTest
class ConfirmAlwaysSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void eachWriteToTheFileIsProvedByAFreshLoginAndNoOther() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant first = grant(identityWith(SshKeys.generate()), node, "root", null);
		assertThat(settled(first).inPlace()).isEqualTo(1);
		String person = identityWith(SshKeys.generate());
		long before = logins();
		Grant second = grant(person, node, "root", null);
		assertThat(settled(second).inPlace()).isEqualTo(1);
		assertProved(node);
		assertThat(logins()).isGreaterThan(before);
		this.grants.revoke(second.id());
		assertThat(settled(second).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertProved(node);

		assertThat(settled(grant(person, node, "deploy", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNull();
	}

	private void assertProved(Node node) {
		assertThat(lastRun(node).timing().parts().confirm()).isNotNull();
	}

	private Run lastRun(Node node) {
		return this.nodeStates.runs(node.id(), PageRequest.of(0, 1)).getContent().get(0);
	}

	private long logins() {
		return sshd().log().lines().filter((line) -> line.contains("Accepted publickey for root")).count();
	}

}
