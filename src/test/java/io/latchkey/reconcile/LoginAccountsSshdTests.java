package io.latchkey.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.latchkey.foreignkeys.ForeignKey;
import io.latchkey.foreignkeys.ForeignKeys;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.ForeignKeyCount;
import io.latchkey.nodestate.NodeState;
import io.latchkey.nodestate.UnseenAccounts;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.removal.ExclusiveLook;
import io.latchkey.removal.ExclusiveLooks;
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

/** Accounts that nobody has a grant for have keys too. */
class LoginAccountsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private ForeignKeys foreignKeys;

	@Autowired
	private ExclusiveLooks looks;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void asItWas() {
		forgetTheNodes();
		sshd().setShell("alice", "/bin/sh");
		sshd().runInside("sh", "-c", "umount /usr/bin/getent 2>/dev/null; rm -rf /home/alice/.ssh; true");
		List.of("root", "deploy", "alice").forEach((account) -> sshd().authorize(account));
	}

	@Test
	void theirKeysAreSeenAndNothingIsDoneToThem() {
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("alice", key.publicKey() + " nobody knows");
		String before = file("alice");
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		assertThat(places(key)).containsExactly("alice");
		assertThat(this.nodeStates.of(node.id())).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(NodeState.IN_SYNC);
			assertThat(status.remarks().unseen().isNone()).isTrue();
			assertThat(status.remarks().findings()).isEmpty();
		});

		SshKeyPair later = SshKeys.generate();
		sshd().authorize("deploy", later.publicKey());
		check(node);
		assertThat(places(later)).as("of an account that had no file").containsExactly("deploy");
		assertThat(file("alice")).isEqualTo(before);

		sshd().authorize("alice");
		check(node);
		assertThat(places(key)).isEmpty();
	}

	@Test
	void aShellThatTurnsPeopleAwayHidesNoKeys() {
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("alice", key.publicKey());
		sshd().setShell("alice", "/usr/sbin/nologin");
		Node node = enrolledNode(Mode.ADDITIVE);
		check(node);
		assertThat(places(key)).containsExactly("alice");
	}

	@Test
	void whatCannotBeLookedIntoIsARemarkAndFailsNothing() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().runInside("sh", "-c", "rm -rf /home/alice/.ssh && ln -s /nowhere /home/alice/.ssh");
		check(node);
		assertThat(this.nodeStates.of(node.id())).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(NodeState.IN_SYNC);
			assertThat(status.remarks().findings()).singleElement().asString().contains("alice", "/home/alice/.ssh");
		});
	}

	@Test
	void anExclusiveNodeSaysWhatItWouldTakeOffAndLeavesIt() {
		SshKeyPair key = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		switchTo(node, Mode.EXCLUSIVE);
		check(node);
		sshd().authorize("alice", key.publicKey());
		check(node);
		assertThat(file("alice")).contains(key.publicKey());
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.DRIFTED);
		assertThat(this.looks.of(Set.of(node.id())).get(0).goes()).extracting(ExclusiveLook.Line::account)
			.containsExactly("alice");
		switchTo(node, Mode.ADDITIVE);
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(file("alice")).doesNotContain(key.publicKey());
	}

	@Test
	void withTheRightsOfOneAccountTheOthersAreSaidNotToBeLookedAt() {
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("alice", key.publicKey());
		Node node = add(new NodeDraft("own-account-alone", sshd().address(), sshd().port(), "deploy", Privilege.SELF,
				Mode.ADDITIVE, Map.of()));
		enrol(node);
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().unseen()).isEqualTo(UnseenAccounts.OWN_ALONE);
		assertThat(this.looks.of(Set.of(node.id())).get(0).unseen()).isEqualTo(UnseenAccounts.OWN_ALONE);
		assertThat(places(key)).isEmpty();
	}

	@Test
	void aNodeThatCannotNameThemInTimeServesItsGrantsAllTheSame() {
		sshd().runInside("sh", "-c", """
				cp /usr/bin/getent /mnt/getent
				printf '#!/bin/sh\\n[ $# -gt 1 ] || sleep 60\\nexec /mnt/getent "$@"\\n' >/mnt/slow
				chmod 755 /mnt/slow
				mount --bind /mnt/slow /usr/bin/getent""");
		SshKeyPair key = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		assertThat(settled(grant(identityWith(key), node, "deploy", null)).inPlace()).isOne();
		check(node);
		assertThat(this.nodeStates.of(node.id())).satisfies((status) -> {
			assertThat(status.state()).isEqualTo(NodeState.IN_SYNC);
			assertThat(status.remarks().unseen()).isEqualTo(UnseenAccounts.SLOW);
		});
		sshd().runInside("umount", "/usr/bin/getent");
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().unseen().isNone()).isTrue();
	}

	private List<String> places(SshKeyPair key) {
		return this.foreignKeys.list(ForeignKeyCount.Which.ALL, PageRequest.of(0, 500))
			.stream()
			.filter((each) -> each.key().fingerprint().equals(Fingerprint.parse(key.fingerprint())))
			.flatMap((each) -> each.places().stream())
			.map(ForeignKey.Place::account)
			.toList();
	}

}
