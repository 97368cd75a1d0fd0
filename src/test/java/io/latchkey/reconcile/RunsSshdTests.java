package io.latchkey.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.latchkey.Patience;
import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.Run;
import io.latchkey.nodestate.RunTimes;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is told of past runs, and how often they log in.
 */
class RunsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void severalChangesInARowCostOneLoginAndACheckAnother() {
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(SshKeys.generate());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		settled(grant(person, node, "deploy", null));
		long before = logins();
		for (String account : new String[] { "alice", "latchkey" }) {
			assertThat(settled(grant(person, node, account, null)).inPlace()).isEqualTo(1);
			RunTimes times = latest(node).timing().parts();
			assertThat(times.kept()).isTrue();
			assertThat(times.connect()).isNull();
			assertThat(times.apply()).isPositive();
		}
		assertThat(logins()).isEqualTo(before);
		check(node);
		assertThat(latest(node).timing().parts().kept()).isFalse();
		assertThat(logins()).isEqualTo(before + 1);
	}

	@Test
	void aChangedNodeIsLoggedInToAnew() {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		NodeDraft draft = draft(node.name(), Mode.ADDITIVE);
		this.nodes.put(new NodeDraft(draft.name(), draft.address(), draft.port(), "root", Privilege.ROOT, Mode.ADDITIVE,
				Map.of("rack", "1")), null);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		assertThat(latest(node).trigger()).isEqualTo(Run.Trigger.CHANGE);
		assertThat(latest(node).timing().parts().kept()).isFalse();
	}

	@Test
	void tellsWhatTheTimeWentTo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		Run run = latest(node);
		RunTimes times = run.timing().parts();
		assertThat(times.queued()).isLessThan(Patience.of(Duration.ofMinutes(1)));
		assertThat(List.of(required(times.connect()), required(times.keyExchange()), required(times.authentication()),
				required(times.observe())))
			.allSatisfy(
					(part) -> assertThat(part).isPositive().isLessThanOrEqualTo(run.timing().duration().plusMillis(1)));
		assertThat(run.handshakeLog()).isNull();
	}

	@Test
	void tellsHowTheLoginOfARunThatFailedWent() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().withNewHostKey();
		check(node);
		Run run = latest(node);
		assertThat(run.outcome()).isEqualTo(Run.Outcome.REFUSED);
		assertThat(run.timing().parts().keyExchange()).isPositive();
		assertThat(run.timing().parts().authentication()).isNull();
		assertThat(run.handshakeLog()).contains("Connecting to " + sshd().address())
			.contains("Remote version string")
			.hasSizeLessThan(10_000);
	}

	@Test
	void aGrantThatIsRevokedAtOnceCostsNoOtherLogin() {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		long before = logins();
		Grant grant = grant(identityWith(SshKeys.generate()), node, "deploy", null);
		settled(grant);
		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes())
			.allSatisfy((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(logins()).isEqualTo(before);
	}

	@Test
	void aKeptSessionDoesNotHideThatLatchkeysOwnLineIsGone() {
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		sshd().authorize("root");
		for (int i = 0; i < 2; i++) {
			settled(grant(identityWith(SshKeys.generate()), node, "deploy", null));
			assertThat(latest(node).trigger()).isEqualTo(Run.Trigger.CHANGE);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.REFUSED);
		}
		assertThat(latest(node).timing().parts().kept()).isFalse();
	}

	private Run latest(Node node) {
		return this.nodeStates.runs(node.id(), PageRequest.of(0, 1)).getContent().get(0);
	}

	private static Duration required(@Nullable Duration part) {
		assertThat(part).isNotNull();
		return (part != null) ? part : Duration.ZERO;
	}

	private long logins() {
		return sshd().log().lines().filter((line) -> line.startsWith("Accepted publickey for ")).count();
	}

}
