package io.latchkey.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.latchkey.Patience;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.HostKeyPins;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.NodeId;
import io.latchkey.inventory.Privilege;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More nodes than there are workers that say nothing, or show their host key and then
 * nothing more, and some that answer.
 */
class HungNodesSshdTests extends JobOnSshd {

	private static final int HUNG = 40;

	private static final int LIVE = 6;

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(3).withOwnAccounts();

	@Autowired
	ManagementKeys managementKeys;

	@Autowired
	HostKeyPins pins;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void hungNodesCostTheOthersNothing() {
		List<NodeId> live = nodesAt(sshd(), "live", LIVE);
		Duration alone = check(live);
		SshdNode mute = SSHD.get(1);
		SshdNode undecided = SSHD.get(2);
		undecided.configure("AuthorizedKeysCommand /bin/sleep 60", "AuthorizedKeysCommandUser root",
				"AuthorizedKeysFile none");
		undecided.restart();
		mute.pause();
		try {
			List<NodeId> hung = new ArrayList<>(nodesAt(mute, "hung", HUNG / 2));
			hung.addAll(nodesAt(undecided, "undecided", HUNG / 2));
			Duration first = check(live);
			settle(hung);
			assertThat(hung)
				.allSatisfy((node) -> assertThat(this.nodeStates.of(node).state()).isEqualTo(NodeState.UNREACHABLE));
			hung.forEach(this.reconciler::checkNow);
			Duration again = check(live);
			Duration bound = alone.multipliedBy(3);
			assertThat(first).as("while they hang for the first time; alone %s", alone)
				.isLessThan(bound.plus(Patience.of(Duration.ofSeconds(3))));
			assertThat(again).as("when they are known to hang; alone %s", alone)
				.isLessThan(bound.plus(Patience.of(Duration.ofSeconds(1))));
			settle(hung);
		}
		finally {
			mute.resume();
		}
	}

	/** How long it takes until they are looked at, all at once. */
	private Duration check(List<NodeId> nodes) {
		long begun = System.nanoTime();
		nodes.forEach(this.reconciler::checkNow);
		settle(nodes);
		Duration took = Duration.ofNanos(System.nanoTime() - begun);
		assertThat(nodes)
			.allSatisfy((node) -> assertThat(this.nodeStates.of(node).state()).isEqualTo(NodeState.IN_SYNC));
		return took;
	}

	private void settle(Collection<NodeId> nodes) {
		this.deliveries.awaitSettled(nodes, Patience.of(Duration.ofSeconds(60)));
		assertThat(nodes)
			.noneSatisfy((node) -> assertThat(this.nodeStates.of(node).state()).isEqualTo(NodeState.CONVERGING));
	}

	/** Many names for one machine; enrolled without a login, which it may not answer. */
	private List<NodeId> nodesAt(SshdNode machine, String name, int count) {
		machine.authorize("root", this.managementKeys.authorizedKeysLine());
		List<HostKey> hostKeys = machine.hostKeys().stream().map(HungNodesSshdTests::hostKey).toList();
		List<NodeId> ids = IntStream.range(0, count).mapToObj((number) -> {
			NodeId id = add(new NodeDraft(name + "-" + number, machine.address(), machine.port(), "root",
					Privilege.ROOT, Mode.OBSERVE, Map.of()))
				.id();
			this.pins.pin(id, hostKeys);
			return id;
		}).toList();
		ids.forEach(this.nodes::markEnrolled);
		return ids;
	}

	private static HostKey hostKey(String line) {
		try {
			return new HostKey(PublicKeyText.parse(line).key());
		}
		catch (InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
