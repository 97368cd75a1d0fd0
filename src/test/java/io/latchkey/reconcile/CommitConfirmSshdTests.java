package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.conversation.Commit;
import io.latchkey.conversation.CommitConfirm;
import io.latchkey.conversation.NodeConnector;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.changes.HoldFile;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.delivery.Delivery;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.ManagementKeyRefusedException;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.Run;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.reconcile.converse.LineIntentions;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The file that lets Latchkey itself in, which a node puts back by itself unless the new
 * one was proved by a fresh login.
 */
class CommitConfirmSshdTests extends JobOnSshd {

	private static final Duration WITHIN = Patience.of(Duration.ofSeconds(3));

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private NodeConnector connector;

	@Autowired
	private LineIntentions intentions;

	@Autowired
	private CommitConfirm commitConfirm;

	@Autowired
	private ManagementKeys managementKeys;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void letInAgain() throws IOException {
		sshd().setShell("root", "/bin/sh");
		Files.deleteIfExists(gate("refuse"));
		Files.deleteIfExists(gate("refuse-next"));
		sshd().authorize("root");
	}

	@Test
	void aFreshLoginThatFailsLeavesTheOldFileAndSaysSo() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		settleAll(node);
		String old = file("root");
		sshd().own("root", sshd().authorizedKeys("root"), "rw-r--r--");
		sshd().restart();
		refuseAllButOneMoreLogin();
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "root", null);
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.FAILED));
		assertThat(this.nodeStates.runs(node.id(), PageRequest.of(0, 10)).getContent())
			.anySatisfy((run) -> assertThat(run.detail()).contains("puts the old file back by itself"));
		until(() -> file("root").equals(old));

		Files.deleteIfExists(gate("refuse"));
		check(node);
		until(() -> this.deliveries.of(grant.id()).inPlace() == 1);
		assertThat(ssh().letsIn("root", key.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void aTrialThatShutsLatchkeyOutIsNeverBuiltUpon() {
		Node node = enrolledNode(Mode.ADDITIVE);
		settled(grant(identityWith(SshKeys.generate()), node, "root", null));
		String old = file("root");
		this.intentions.noteHeld(node.id(), "root", this.commitConfirm.doubt());
		holdAndDie(node, "# nobody\n");
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "root", null);
		assertThat(settled(grant).inPlace()).isZero();
		until(() -> file("root").startsWith(old));
		check(node);
		until(() -> this.deliveries.of(grant.id()).inPlace() == 1);
		assertThat(ssh().letsIn("root", key.privateKey())).isTrue();
	}

	@Test
	void aNodeThatTakesNoMoreLoginsPutsTheOldFileBack() {
		Node node = enrolledNode(Mode.ADDITIVE);
		settleAll(node);
		String old = file("root");
		Endpoint endpoint = new Endpoint(node.route().address(), node.route().port(), node.hostKeys());
		Login login = new Login("root", node.management().privilege(), new Secret.ManagementKey());
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint, login)) {
			ObservedFile root = conversation.ask(new ObserveFiles(List.of(new FileQuery("root")))).accounts().get(0);
			sshd().pauseListening();
			byte[] trial = (old + "# on trial\n").getBytes(StandardCharsets.UTF_8);
			assertThat(this.commitConfirm.commit(conversation,
					new WriteFile("root", String.valueOf(root.path()), root.hash(), trial), endpoint, login))
				.isInstanceOf(Commit.TakenBack.class);
			until(() -> file("root").equals(old));
		}
		finally {
			sshd().resumeListening();
		}
		until(() -> leftovers().isEmpty());
	}

	@Test
	void anEnrolmentThatCannotLogInLeavesTheNodeAsItWas() throws IOException {
		Node node = addedNode(Mode.ADDITIVE);
		sshd().authorize("root", "# by hand");
		refuseAllButOneMoreLogin();
		Enrolment enrolment = new Enrolment(new Secret.Password(sshd().password().toCharArray()), null,
				Fingerprint.parse(sshd().hostKeyFingerprints().get(0)));
		assertThatThrownBy(() -> this.enrolments.enrol(node.name(), enrolment))
			.isInstanceOf(ManagementKeyRefusedException.class)
			.hasMessageContaining("puts the old file back by itself");
		until(() -> file("root").equals("# by hand\n"));
		until(() -> leftovers().isEmpty());
		assertThat(this.nodes.get(node.name()).enrolled()).isFalse();
	}

	@Test
	void anEnrolmentProvesTheFileForTheFirstRun() {
		Node node = enrolledNode(Mode.ADDITIVE);
		settleAll(node);
		long before = logins();
		SshKeyPair one = SshKeys.generate();
		assertThat(settled(grant(identityWith(one), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNull();
		SshKeyPair other = SshKeys.generate();
		assertThat(settled(grant(identityWith(other), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(logins() - before).isLessThanOrEqualTo(1);
		assertThat(ssh().letsIn("root", one.privateKey())).isTrue();
		assertThat(ssh().letsIn("root", other.privateKey())).isTrue();
		assertThat(leftovers()).isEmpty();
	}

	@Test
	void aFirstWriteToAFileThatSomebodyElseMadeIsProvedAndAnOrdinaryOneIsNot() {
		Node node = addedNode(Mode.ADDITIVE);
		sshd().authorize("root", this.managementKeys.authorizedKeysLine());
		this.enrolments.enrol(node.name(), new Enrolment(new Secret.ManagementKey(), null,
				Fingerprint.parse(sshd().hostKeyFingerprints().get(0))));
		settleAll(node);
		assertThat(settled(grant(identityWith(SshKeys.generate()), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNotNull();
		assertThat(settled(grant(identityWith(SshKeys.generate()), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNull();
	}

	@Test
	void aWriteThatGivesTheFileAnotherModeIsProved() {
		Node node = enrolledNode(Mode.ADDITIVE);
		assertThat(settled(grant(identityWith(SshKeys.generate()), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(settled(grant(identityWith(SshKeys.generate()), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNull();
		sshd().own("root", sshd().authorizedKeys("root"), "rw-r--r--");
		assertThat(settled(grant(identityWith(SshKeys.generate()), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNotNull();
		assertThat(settled(grant(identityWith(SshKeys.generate()), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(lastRun(node).timing().parts().confirm()).isNull();
	}

	@Test
	void whatLatchkeyLeftOnTrialIsPutBackWhenItDies() {
		Node node = enrolledNode(Mode.ADDITIVE);
		settleAll(node);
		String old = file("root");
		holdAndDie(node, old + "# on trial\n");
		assertThat(file("root")).endsWith("# on trial\n");
		until(() -> file("root").equals(old));
		until(() -> leftovers().isEmpty());
	}

	@Test
	void aChangeAfterADeathIsNeverUndoneByTheNode() {
		Node node = enrolledNode(Mode.ADDITIVE);
		settleAll(node);
		this.intentions.noteHeld(node.id(), "root", this.commitConfirm.doubt());
		holdAndDie(node, file("root") + "# on trial\n");
		SshKeyPair key = SshKeys.generate();
		assertThat(settled(grant(identityWith(key), node, "root", null)).inPlace()).isEqualTo(1);
		String proved = file("root");
		assertThat(proved).contains(key.publicKey().split(" ")[1]);
		long end = System.nanoTime() + WITHIN.multipliedBy(2).toNanos();
		until(() -> {
			assertThat(file("root")).isEqualTo(proved);
			return System.nanoTime() > end;
		});
	}

	@Test
	void aTrialThatStandsIsProvedAgainInsteadOfTrusted() {
		Node node = enrolledNode(Mode.ADDITIVE);
		settleAll(node);
		SshKeyPair key = SshKeys.generate();
		String line = key.publicKey();
		this.intentions.noteHeld(node.id(), "root", this.commitConfirm.doubt());
		holdAndDie(node, file("root") + line + "\n");
		String proved = file("root");
		assertThat(settled(grant(identityWith(key), node, "root", null)).inPlace()).isEqualTo(1);
		long end = System.nanoTime() + WITHIN.multipliedBy(2).toNanos();
		until(() -> {
			assertThat(file("root")).isEqualTo(proved);
			return System.nanoTime() > end;
		});
	}

	/** The enrolment's own run is over. */
	private void settleAll(Node node) {
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

	/** As when the process is killed between the write and its proof. */
	private void holdAndDie(Node node, String content) {
		Endpoint endpoint = new Endpoint(node.route().address(), node.route().port(), node.hostKeys());
		Login login = new Login("root", node.management().privilege(), new Secret.ManagementKey());
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint, login)) {
			ObservedFile root = conversation.ask(new ObserveFiles(List.of(new FileQuery("root")))).accounts().get(0);
			byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
			WriteResult result = conversation
				.ask(new HoldFile("root", String.valueOf(root.path()), root.hash(), bytes, WITHIN));
			assertThat(result).isInstanceOfSatisfying(WriteResult.Held.class,
					(held) -> assertThat(held.hash()).isEqualTo(ContentHash.of(bytes)));
		}
	}

	/** The next login gets its shell; those after it do not. */
	private void refuseAllButOneMoreLogin() throws IOException {
		Path shell = gate("shell");
		Files.writeString(shell, """
				#!/bin/sh
				[ ! -e /root/refuse ] || exit 1
				[ ! -e /root/refuse-next ] || mv /root/refuse-next /root/refuse
				exec /bin/sh "$@"
				""");
		sshd().own("root", shell, "rwx------");
		Files.writeString(gate("refuse-next"), "");
		sshd().setShell("root", "/root/shell");
	}

	private Run lastRun(Node node) {
		return this.nodeStates.runs(node.id(), PageRequest.of(0, 1)).getContent().get(0);
	}

	private Path gate(String name) {
		return sshd().home("root").resolve(name);
	}

	private long logins() {
		return sshd().log().lines().filter((line) -> line.contains("Accepted publickey for root")).count();
	}

	/** What is in the folder besides the file. */
	private List<String> leftovers() {
		String[] names = sshd().home("root").resolve(".ssh").toFile().list();
		return (names == null) ? List.of()
				: List.of(names).stream().filter((name) -> !name.equals("authorized_keys")).toList();
	}

}
