package io.latchkey.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import io.latchkey.delivery.Delivery;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.KeptEntries;
import io.latchkey.nodestate.NodeState;
import io.latchkey.reconcile.plan.LinePlan;
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
 * Keys that stand on a node already when Latchkey is asked to put them there.
 */
class ForeignLinesSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void aForeignLineServesAndItsRevocationStaysLoudUntilItIsGone() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("deploy", "# by hand", key.publicKey() + " at home");
		String left = file("deploy");
		String alice = identityWith(key);
		Grant grant = grant(alice, node, "deploy", null);
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.IN_PLACE));
		assertThat(file("deploy")).isEqualTo(left);
		assertThat(entries(node, "deploy")).singleElement().satisfies((entry) -> {
			assertThat(entry.origin()).isEqualTo(AccountState.Origin.FOREIGN);
			assertThat(entry.status()).isEqualTo(AccountState.Status.IN_PLACE);
			assertThat(entry.identity()).isEqualTo(alice);
			assertThat(entry.grants()).containsExactly(grant.id().value());
		});

		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT);
			assertThat(entry.detail()).contains("did not write");
		});
		assertThat(file("deploy")).isEqualTo(left);
		assertThat(this.deliveries.overdueRemovals())
			.anySatisfy((overdue) -> assertThat(overdue.grant()).isEqualTo(grant.id()));
		sshd().authorize("deploy", "# by hand");
		check(node);
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(this.deliveries.overdueRemovals()).noneMatch((overdue) -> overdue.node().equals(node.name()));
	}

	/** As many as the largest file that is read has room for. */
	@Test
	void servesAnAccountWithMoreForeignLinesThanAreKept() {
		String[] lines = new String[103_001];
		Arrays.setAll(lines, ForeignLinesSshdTests::line);
		sshd().authorize("deploy", lines);
		String left = file("deploy");
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).as(String.valueOf(entry) + this.nodeStates.of(node.id()))
				.isEqualTo(Delivery.State.IN_PLACE));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(this.nodeStates.accounts(node.id())).filteredOn((account) -> account.account().equals("deploy"))
			.singleElement()
			.satisfies((account) -> {
				assertThat(account.entries()).hasSize(KeptEntries.MOST_OF_AN_ACCOUNT + 1);
				assertThat(account.foreignBeyond()).isEqualTo(lines.length - KeptEntries.MOST_OF_AN_ACCOUNT);
			});
		assertThat(this.nodeStates.of(node.id()).remarks().findings())
			.anySatisfy((finding) -> assertThat(finding).contains("deploy", "102,001 more lines"));
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings())
			.anySatisfy((finding) -> assertThat(finding).contains("102,001 more lines"));

		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(file("deploy")).isEqualTo(left);
	}

	@Test
	void takesNoneOffWhereTooManyWouldGoAtOnce() {
		sshd().authorize("alice");
		Node node = enrolledNode(Mode.EXCLUSIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		List<String> lines = new ArrayList<>(List.of(file("alice").strip()));
		IntStream.range(0, LinePlan.MOST_REMOVED + 1).mapToObj(ForeignLinesSshdTests::line).forEach(lines::add);
		sshd().authorize("alice", lines.toArray(String[]::new));
		String left = file("alice");
		check(node);
		assertThat(file("alice")).isEqualTo(left);
		assertThat(this.nodeStates.accounts(node.id())).filteredOn((account) -> account.account().equals("alice"))
			.singleElement()
			.satisfies((account) -> {
				assertThat(account.state()).isEqualTo(NodeState.DRIFTED);
				assertThat(account.detail()).contains("More than 1,000 lines of alice");
			});
		sshd().authorize("alice", lines.subList(0, 10).toArray(String[]::new));
		check(node);
		assertThat(file("alice")).isEqualTo(lines.get(0) + "\n");
	}

	/** A key that nobody has. */
	private static String line(int number) {
		byte[] key = ByteBuffer.allocate(51)
			.putInt(11)
			.put("ssh-ed25519".getBytes(StandardCharsets.US_ASCII))
			.putInt(32)
			.putInt(number)
			.array();
		return "ssh-ed25519 " + Base64.getEncoder().encodeToString(key);
	}

	@Test
	void takesOverWhenTheForeignLineGoes() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("alice", key.publicKey() + " at home");
		Grant grant = grant(identityWith(key), node, "alice", null);
		settled(grant);
		sshd().authorize("alice", "# emptied");
		check(node);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		assertThat(entries(node, "alice")).singleElement()
			.satisfies((entry) -> assertThat(entry.origin()).isEqualTo(AccountState.Origin.LATCHKEY));
		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(file("alice")).isEqualTo("# emptied\n");
	}

	@Test
	void aNodeThatIsExclusiveFromTheStartTakesNothingOffThatNobodySaw() {
		SshKeyPair foreign = SshKeys.generate();
		sshd().authorize("alice", foreign.publicKey());
		sshd().authorize("deploy");
		Node node = enrolledNode(Mode.EXCLUSIVE);
		String person = identityWith(SshKeys.generate());
		SshKeyPair key = SshKeys.generate();
		this.identities.addKey(person, key.publicKey(), null, null);
		assertThat(settled(grant(person, node, "alice", null)).inPlace()).isEqualTo(1);
		assertThat(settled(grant(person, node, "deploy", null)).inPlace()).isEqualTo(1);
		check(node);
		assertThat(ssh().letsIn("alice", foreign.privateKey())).isTrue();
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.DRIFTED);
		assertThat(this.nodeStates.accounts(node.id())).filteredOn((account) -> account.account().equals("alice"))
			.singleElement()
			.satisfies((account) -> assertThat(account.detail()).contains("They stay until somebody has seen them"));

		// Where there was nothing to be shown, it is exclusive from then on.
		sshd().authorize("deploy", file("deploy").strip(), foreign.publicKey());
		check(node);
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isFalse();

		switchTo(node, Mode.ADDITIVE);
		assertThatExceptionOfType(ConfirmationNeededException.class)
			.isThrownBy(() -> this.removals.carryOut(RemovalScope.node(node.name()), null,
					() -> this.nodes.put(draft(node.name(), Mode.EXCLUSIVE), null)))
			.satisfies((ex) -> assertThat(ex.preview().countRemoved()).isEqualTo(1));
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(ssh().letsIn("alice", foreign.privateKey())).isFalse();
		assertThat(this.removedLines.list(node.id(), null, PageRequest.of(0, 20))).extracting(RemovedLine::line)
			.contains(foreign.publicKey());
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void exclusivePutsItsOwnLineInItsPlace() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String foreign = key.publicKey() + " at home";
		sshd().authorize("deploy", foreign);
		settled(grant(identityWith(key), node, "deploy", null));
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(file("deploy")).isEqualTo(key.publicKey() + "\n");
		assertThat(this.removedLines.list(node.id(), null, PageRequest.of(0, 20))).extracting(RemovedLine::line)
			.contains(foreign);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		check(node);
		assertThat(entries(node, "deploy")).singleElement()
			.satisfies((entry) -> assertThat(entry.origin()).isEqualTo(AccountState.Origin.LATCHKEY));
	}

}
