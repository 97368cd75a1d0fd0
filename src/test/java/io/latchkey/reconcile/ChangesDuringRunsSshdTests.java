package io.latchkey.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.latchkey.Patience;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes that come while their node is being worked on.
 */
class ChangesDuringRunsSshdTests extends JobOnSshd {

	private static final int THREADS = 4;

	private static final int CHANGES = 6;

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void noneIsLost() throws InterruptedException, ExecutionException {
		Node node = enrolledNode(Mode.ADDITIVE);
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<Future<List<String>>> kept = new ArrayList<>();
		try {
			for (int thread = 0; thread < THREADS; thread++) {
				kept.add(threads.submit(changes(node)));
			}
			List<String> desired = new ArrayList<>();
			for (Future<List<String>> each : kept) {
				desired.addAll(each.get());
			}
			this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
			assertThat(file("deploy").lines()).containsExactlyInAnyOrderElementsOf(desired);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
			assertThat(this.deliveries.overdueRemovals()).noneMatch((overdue) -> overdue.node().equals(node.name()));
		}
		finally {
			threads.shutdownNow();
			assertThat(threads.awaitTermination(Patience.of(Duration.ofSeconds(20)).toSeconds(), TimeUnit.SECONDS))
				.isTrue();
		}
	}

	/** Grants and takes back in turn; answers with the lines that have to stay. */
	private Callable<List<String>> changes(Node node) {
		return () -> {
			List<String> lines = new ArrayList<>();
			for (int change = 0; change < CHANGES; change++) {
				SshKeyPair key = SshKeys.generate();
				Grant grant = grant(identityWith(key), node, "deploy", null);
				if (change % 2 == 0) {
					this.grants.revoke(grant.id());
				}
				else {
					lines.add(key.publicKey());
				}
			}
			return lines;
		};
	}

}
