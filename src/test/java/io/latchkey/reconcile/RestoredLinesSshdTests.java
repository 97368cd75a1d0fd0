package io.latchkey.reconcile;

import java.time.Duration;
import java.util.List;

import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.desired.RemovalPreview;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.removal.RemovalScope;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Exclusive mode takes off what was confirmed, and what it took off comes back and stays.
 */
class RestoredLinesSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void aRestoredLineLetsInAgainByteForByteAndStays() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		settled(grant(identityWith(key), node, "deploy", null));
		String line = "no-x11-forwarding\t" + foreign.publicKey() + "  by hand \u00e9 ";
		sshd().authorize("deploy", line);
		check(node);
		assertThatExceptionOfType(ConfirmationNeededException.class)
			.isThrownBy(() -> this.removals.carryOut(RemovalScope.node(node.name()), null,
					() -> this.nodes.put(draft(node.name(), Mode.EXCLUSIVE), null)))
			.satisfies((ex) -> assertThat(ex.preview().accounts()).flatExtracting(RemovalPreview.AccountLoss::remove)
				.extracting(RemovalPreview.Line::text)
				.contains(line));
		check(node);
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isTrue();
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isFalse();

		RemovedLine removed = removed(node, foreign);
		assertThat(this.removedLines.restore(node.name(), removed.id()).restoredAt()).isNotNull();
		settle(node);
		assertThat(file("deploy")).endsWith(line + "\n").contains(key.publicKey().split(" ")[1]);
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);

		String restored = file("deploy");
		check(node);
		check(node);
		assertThat(file("deploy")).isEqualTo(restored);
		assertThat(this.nodeStates.foreignCounts()).doesNotContainKey(node.id());

		sshd().authorize("deploy");
		check(node);
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isTrue();

		this.removedLines.letGo(node.name(), removed.id());
		settle(node);
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isFalse();
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(this.removedLines.list(node.id(), foreign.fingerprint(), PageRequest.of(0, 10))).hasSize(1);
	}

	@Test
	void aLineIsRestoredOnANodeThatIsAwayOnceItIsBack() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair foreign = SshKeys.generate();
		sshd().authorize("alice", foreign.publicKey());
		settled(grant(identityWith(SshKeys.generate()), node, "alice", Duration.ofHours(1)));
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(ssh().letsIn("alice", foreign.privateKey())).isFalse();
		sshd().stop();
		try {
			this.removedLines.restore(node.name(), removed(node, foreign).id());
			until(() -> this.nodeStates.of(node.id()).state() == NodeState.UNREACHABLE);
		}
		finally {
			sshd().start();
		}
		check(node);
		assertThat(ssh().letsIn("alice", foreign.privateKey())).isTrue();
	}

	private RemovedLine removed(Node node, SshKeyPair key) {
		return this.removedLines.list(node.id(), key.fingerprint(), PageRequest.of(0, 10))
			.stream()
			.findFirst()
			.orElseThrow();
	}

	private void settle(Node node) {
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

}
