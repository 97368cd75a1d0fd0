package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import io.latchkey.delivery.Delivery;
import io.latchkey.delivery.OverdueRemoval;
import io.latchkey.diagnosis.TestLogin;
import io.latchkey.diagnosis.TestLogins;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In place means that sshd lets in: where its rules refuse, the grant says so; where it
 * cannot be asked, nothing is written.
 */
class AdmissionSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private final SshKeyPair key = SshKeys.generate();

	@Autowired
	TestLogins testLogins;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void asItWas() {
		forgetTheNodes();
		sshd().runInside("rm", "-rf", "/home/keysx", "/mnt/node/revoked");
		for (String account : List.of("root", "deploy", "alice")) {
			sshd().own(account, sshd().home(account), "rwxr-xr-x");
			sshd().authorize(account);
		}
		sshd().configure();
		sshd().restart();
	}

	@ParameterizedTest
	@ValueSource(strings = { "AllowUsers root", "DenyUsers d*y", "AllowGroups root",
			"Match User deploy|PubkeyAuthentication no", "Match User deploy|AuthenticationMethods password",
			"Match User deploy|PubkeyAcceptedAlgorithms rsa-sha2-512", "RevokedKeys /mnt/node/revoked" })
	void aGrantThatSshdRefusesFailsAndSaysWhy(String rules) throws IOException {
		sshd().runInside("sh", "-c", "echo '" + this.key.publicKey() + "' >/mnt/node/revoked");
		configure(rules);
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).as(entry.detail()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).startsWith("sshd ");
		});
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		check(node);
		assertThat(this.deliveries.of(grant.id()).failed()).as("still so at the next check").isEqualTo(1);

		configure("");
		check(node);
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).as(entry.detail()).isEqualTo(Delivery.State.IN_PLACE));
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
	}

	/** Where a person comes from is not known. */
	@ParameterizedTest
	@ValueSource(strings = { "AllowUsers root deploy@192.0.2.0/24", "DenyUsers deploy@192.0.2.*",
			"Match Address 127.0.0.0/8|DenyUsers deploy", "Match Address 192.0.2.0/24|DenyUsers deploy",
			"Match User deploy LocalPort 1|PubkeyAuthentication no" })
	void whatDependsOnTheConnectionIsARemark(String rules) {
		configure(rules);
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).isNotEmpty()
			.anySatisfy((finding) -> assertThat(finding).contains("depends on"));
		check(node);
		assertThat(this.nodeStates.of(node.id()).remarks().findings()).isNotEmpty();
	}

	/** What should be gone goes all the same. */
	@Test
	void nothingIsWrittenWhereSshdCannotBeAsked() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant before = grant(identityWith(this.key), node, "deploy", null);
		assertThat(settled(before).inPlace()).isEqualTo(1);
		SshKeyPair staying = SshKeys.generate();
		Grant stays = grant(identityWith(staying), node, "deploy", null);
		assertThat(settled(stays).inPlace()).isEqualTo(1);

		sshd().configure("AuthorizedKeysFile .ssh/others", "NoSuchOption yes");
		SshKeyPair late = SshKeys.generate();
		Grant after = grant(identityWith(late), node, "deploy", null);
		assertThat(settled(after).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("It is not known which files sshd reads for deploy", "NoSuchOption");
		});
		assertThat(file("deploy")).doesNotContain(late.publicKey());
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.FAILED);
		TestLogin test = this.testLogins.test(node.name(), "deploy", null);
		assertThat(test.obstacles()).anySatisfy((text) -> assertThat(text).contains("It is not known"));
		assertThat(test.keys()).noneMatch(TestLogin.Key::accepted);

		this.grants.revoke(before.id());
		assertThat(settled(before).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(file("deploy")).doesNotContain(this.key.publicKey()).contains(staying.publicKey());

		sshd().configure();
		check(node);
		assertThat(this.deliveries.of(after.id()).inPlace()).isEqualTo(1);
		assertThat(ssh().letsIn("deploy", late.privateKey())).isTrue();
	}

	/** It refuses every key then, Latchkey's own too once it is started again. */
	@Test
	void aListOfRevokedKeysThatIsMissingRefusesAll() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().configure("RevokedKeys /mnt/node/missing");
		Grant grant = grant(identityWith(this.key), node, "deploy", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).startsWith("sshd refuses every key");
		});
		sshd().restart();
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
	}

	@Test
	void aFolderOfRootsIsMadeForAll() throws IOException {
		configure("AuthorizedKeysFile /home/keysx/%u .ssh/authorized_keys");
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair roots = SshKeys.generate();
		assertThat(settled(grant(identityWith(roots), node, "root", null)).inPlace()).isEqualTo(1);
		assertThat(settled(grant(identityWith(this.key), node, "deploy", null)).inPlace()).isEqualTo(1);
		assertThat(sshd().runInside("stat", "-c", "%a %U", "/home/keysx").output()).isEqualTo("755 root\n");
		assertThat(ssh().letsIn("root", roots.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
	}

	@Test
	void aTestLoginSaysThatTheLineIsPassedOver() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "alice", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		sshd().own("alice", sshd().home("alice"), "rwxrwxrwx");
		assertThat(this.testLogins.test(node.name(), "alice", null).keys()).singleElement().satisfies((tried) -> {
			assertThat(tried.accepted()).isFalse();
			assertThat(tried.detail())
				.isEqualTo("Its line stands in /home/alice/.ssh/authorized_keys, which sshd passes over: see above.");
		});
		check(node);
		assertThat(this.deliveries.of(grant.id()).failed()).isEqualTo(1);
	}

	/** A line of the key without an end lets in for ever. */
	@Test
	void aKeyEndsByItselfOnlyWhereAllItsLinesDo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair other = SshKeys.generate();
		sshd().authorize("deploy", this.key.publicKey() + " by hand");
		Grant stands = grant(identityWith(this.key), node, "deploy", Duration.ofHours(1));
		settled(stands);
		Grant ends = grant(identityWith(other), node, "deploy", Duration.ofHours(1));
		assertThat(settled(ends).inPlace()).isEqualTo(1);
		sshd().stop();
		try {
			this.grants.revoke(stands.id());
			this.grants.revoke(ends.id());
			settled(stands);
			settled(ends);
			assertThat(overdue(stands).endsByItself()).isFalse();
			assertThat(overdue(ends).endsByItself()).isTrue();
		}
		finally {
			sshd().start();
		}
	}

	private OverdueRemoval overdue(Grant grant) {
		return this.deliveries.overdueRemovals()
			.stream()
			.filter((removal) -> removal.grant().equals(grant.id()))
			.findFirst()
			.orElseThrow();
	}

	/** What sshd refuses for its list of hosts does not let in by a test either. */
	@Test
	void aTestLoginKnowsAListThatSshdCannotRead() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("alice", "from=\"10.0.1.0/8,127.0.0.0/8\" " + this.key.publicKey());
		assertThat(ssh().letsIn("alice", this.key.privateKey())).isFalse();
		assertThat(this.testLogins.test(node.name(), "alice", null).keys()).singleElement().satisfies((tried) -> {
			assertThat(tried.accepted()).isFalse();
			assertThat(tried.detail()).contains("10.0.1.0/8");
		});
		assertThat(Files.exists(sshd().authorizedKeys("alice"))).isTrue();
	}

	/** Lines after the first Match count for it; they come last. */
	private void configure(String rules) {
		if (rules.startsWith("Match")) {
			sshd().configure();
			sshd().runInside("sh", "-c", "printf '%s\\n' '" + rules.replace("|", "' '") + "' >>/mnt/node/sshd_config");
		}
		else if (rules.isEmpty()) {
			sshd().configure();
		}
		else {
			sshd().configure(rules.split("\\|"));
		}
		sshd().restart();
	}

}
