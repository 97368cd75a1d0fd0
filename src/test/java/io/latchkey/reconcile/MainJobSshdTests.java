package io.latchkey.reconcile;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.FailedDelivery;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.HostKeyUnconfirmedException;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * The one job, end to end, with OpenSSH's own client and server as judges.
 */
class MainJobSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@Test
	void aGrantLetsInAndItsRevocationLocksOut() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String alice = identityWith(key);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();

		Grant grant = grant(alice, node, "deploy", Duration.ofHours(2));
		Delivery delivery = settled(grant);
		assertThat(delivery.nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.IN_PLACE));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		assertThat(file("deploy")).contains("expiry-time=\"").contains(key.publicKey().split(" ")[1]);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);

		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(this.deliveries.overdueRemovals()).isEmpty();
		assertThat(this.nodeStates.runs(node.id(), PageRequest.of(0, 1)).getContent()).singleElement()
			.satisfies((run) -> assertThat(run.changes().removed()).hasSize(1));
	}

	@Test
	void aGrantThatRunsOutIsRefusedAtTheSecondAndItsLineGoes() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", Patience.of(Duration.ofSeconds(6)));
		settled(grant);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		Instant end = grant.expiresAt();
		assertThat(end).isNotNull();
		await().atMost(PATIENCE).until(() -> !this.clock.instant().isBefore(end));
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		until(() -> !file("alice").contains(key.publicKey().split(" ")[1]));
		until(() -> this.deliveries.of(grant.id()).nodes().get(0).state() == Delivery.State.REMOVED);
	}

	@Test
	void aSuspendedIdentityIsLockedOutEverywhereUntilItIsResumed() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String bob = identityWith(key);
		Grant grant = grant(bob, node, "deploy", null);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		this.identities.suspend(bob);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		this.identities.resume(bob);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		this.identities.removeKey(bob, Fingerprint.parse(key.fingerprint()));
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
	}

	@Test
	void additiveMendsItsOwnLinesAndLeavesTheRestByteForByte() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		String others = "# by hand\r\n\n  nonsense here\n" + foreign.publicKey() + "  two  blanks";
		sshd().authorize("deploy", others);
		String left = file("deploy");

		check(node);
		assertThat(file("deploy")).startsWith(left).contains(key.publicKey().split(" ")[1]);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isTrue();
		assertThat(entries(node, "deploy")).anySatisfy((entry) -> {
			assertThat(entry.origin()).isEqualTo(AccountState.Origin.FOREIGN);
			assertThat(entry.fingerprint()).isEqualTo(Fingerprint.parse(foreign.fingerprint()));
		});
		String before = file("deploy");
		check(node);
		assertThat(file("deploy")).isEqualTo(before);
	}

	@Test
	void observeReportsAndWritesNothing() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		switchTo(node, Mode.OBSERVE);
		sshd().authorize("deploy", "# emptied");
		String left = file("deploy");
		check(node);
		assertThat(file("deploy")).isEqualTo(left);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.DRIFTED);
		assertThat(entries(node, "deploy"))
			.anySatisfy((entry) -> assertThat(entry.status()).isEqualTo(AccountState.Status.MISSING));
		switchTo(node, Mode.ADDITIVE);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
	}

	@Test
	void exclusiveStoresWhatItTakesOffAndNeverItsOwnKey() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		settled(grant(identityWith(key), node, "root", null));
		String with = file("root");
		sshd().authorize("root", with.strip(), foreign.publicKey());
		assertThat(ssh().letsIn("root", foreign.privateKey())).isTrue();
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(ssh().letsIn("root", foreign.privateKey())).isFalse();
		assertThat(ssh().letsIn("root", key.privateKey())).isTrue();
		assertThat(this.removedLines.list(node.id(), null, PageRequest.of(0, 20))).extracting(RemovedLine::line)
			.contains(foreign.publicKey());
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void anAccountThatIsNotThereFailsAloneAndSaysSo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String carol = identityWith(key);
		Grant there = grant(carol, node, "deploy", null);
		Grant nowhere = this.grants
			.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, carol), new Target(Target.Kind.NODE, node.name()),
					"nobody-here", null, null, null, null, GrantOptions.NONE, true));
		settled(there);
		assertThat(settled(nowhere).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("no account nobody-here");
		});
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id())).satisfies((status) -> {
			assertThat(status.state()).as("of the node, where all else is well").isEqualTo(NodeState.IN_SYNC);
			assertThat(status.remarks().findings()).singleElement().asString().contains("no account nobody-here");
			assertThat(status.checks().next()).as("another try").isBefore(this.clock.instant().plusSeconds(600));
		});
		assertThat(this.deliveries.failedOnWellNodes(20)).extracting(FailedDelivery::grant, FailedDelivery::account)
			.contains(tuple(nowhere.id(), "nobody-here"))
			.doesNotContain(tuple(there.id(), "deploy"));

		this.grants.revoke(nowhere.id());
		assertThat(settled(nowhere).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).isEmpty();
		assertThat(this.deliveries.failedOnWellNodes(20)).extracting(FailedDelivery::grant)
			.doesNotContain(nowhere.id());
	}

	@Test
	void whatWasSeenBeforeTheNodeRefusedIsPast() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(SshKeys.generate()), node, "deploy", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.IN_PLACE);
			assertThat(entry.asOf()).isNull();
		});
		assertThat(this.nodeStates.of(node.id()).asOf()).isNull();
		String management = file("root");
		Instant seen = this.nodeStates.of(node.id()).checks().last();
		sshd().authorize("root");
		sshd().authorize("deploy");
		check(node);
		check(node);
		assertThat(this.nodeStates.of(node.id())).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(NodeState.REFUSED);
			assertThat(status.asOf()).isNotNull().isEqualTo(seen);
		});
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.PENDING);
			assertThat(entry.nodeState()).isEqualTo(NodeState.REFUSED);
			assertThat(entry.asOf()).isEqualTo(seen);
		});
		sshd().authorize("root", management.strip());
		check(node);
		assertThat(this.nodeStates.of(node.id()).asOf()).isNull();
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.IN_PLACE);
			assertThat(entry.asOf()).isNull();
		});
	}

	/** What should be gone and cannot be is the node's matter. */
	@Test
	void aHomeThatIsAwayWithALineThatShouldBeGoneColoursTheNode() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant goes = grant(identityWith(SshKeys.generate()), node, "deploy", null);
		Grant stays = grant(identityWith(SshKeys.generate()), node, "deploy", null);
		settled(goes);
		settled(stays);
		sshd().runInside("mv", "/home/deploy", "/home/away");
		try {
			check(node);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
			assertThat(this.deliveries.of(stays.id()).failed()).isOne();
			this.grants.revoke(goes.id());
			settled(goes);
			assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.FAILED);
			assertThat(this.deliveries.overdueRemovals()).filteredOn((removal) -> removal.grant().equals(goes.id()))
				.singleElement()
				.satisfies((removal) -> assertThat(removal.detail()).contains("deploy"));
		}
		finally {
			sshd().runInside("mv", "/home/away", "/home/deploy");
		}
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void enrolmentRefusesAFingerprintThatIsNotTheNodes() {
		Node node = addedNode(Mode.ADDITIVE);
		Fingerprint other = Fingerprint.parse(SshKeys.generate().fingerprint());
		assertThatThrownBy(() -> this.enrolments.enrol(node.name(),
				new Enrolment(new Secret.Password(sshd().password().toCharArray()), null, other)))
			.isInstanceOfSatisfying(HostKeyUnconfirmedException.class, (ex) -> {
				assertThat(ex.isMismatch()).isTrue();
				assertThat(ex.shown()).extracting((shown) -> shown.key().fingerprint().value())
					.containsAll(List.of(sshd().hostKeyFingerprints().get(0)));
			});
		assertThat(this.nodes.get(node.name()).enrolled()).isFalse();
	}

}
