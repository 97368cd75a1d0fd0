package io.latchkey.reconcile;

import java.util.List;

import io.latchkey.delivery.Delivery;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accounts that are locked, expired, without a shell or a home, or known to a name
 * service only: what Latchkey says of them, and what sshd does.
 */
class OddAccountsSshdTests extends JobOnSshd {

	private static final long LONG_AGO = 10_000;

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private final SshKeyPair key = SshKeys.generate();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void asItWas() {
		forgetTheNodes();
		sshd().setPasswordHash("deploy", null);
		sshd().setLastDay("deploy", null);
		sshd().setShell("deploy", "/bin/sh");
		sshd().authorize("deploy");
	}

	@Test
	void aLockedAccountIsNamedForSshdRefusesIt() {
		sshd().setPasswordHash("deploy", "!*");
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", null);
		assertRefused(settled(grant), "Nobody can log in as deploy: the account is locked");
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(findings(node)).singleElement().asString().contains("the account is locked");

		sshd().setPasswordHash("deploy", "*");
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
		check(node);
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
		assertThat(findings(node)).isEmpty();
	}

	@Test
	void aLockedAccountIsNoneToPam() {
		sshd().configure("UsePAM yes");
		sshd().restart();
		try {
			Node node = nodeThatGrants("deploy");
			Assumptions.assumeTrue(ssh().letsIn("deploy", this.key.privateKey()), "PAM works here");
			sshd().setPasswordHash("deploy", "!*");
			assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
			check(node);
			assertThat(findings(node)).isEmpty();
		}
		finally {
			sshd().configure();
			sshd().restart();
		}
	}

	@Test
	void anExpiredAccountIsNamedAlsoWhenItExpiresLater() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isTrue();
		assertThat(findings(node)).isEmpty();
		sshd().setLastDay("deploy", LONG_AGO);
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		check(node);
		assertRefused(this.deliveries.of(grant.id()), "Nobody can log in as deploy: the account has expired");
		check(node);
		assertRefused(this.deliveries.of(grant.id()), "Nobody can log in as deploy: the account has expired");
	}

	private static void assertRefused(Delivery delivery, String why) {
		assertThat(delivery.nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).startsWith(why);
		});
	}

	@Test
	void aShellThatLetsNobodyInIsNamed() {
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "deploy", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		for (String shell : List.of("/usr/sbin/nologin", "/bin/false")) {
			sshd().setShell("deploy", shell);
			check(node);
			assertThat(findings(node)).as(shell).singleElement().asString().contains("its login shell is " + shell);
			assertThat(ssh().run("deploy", this.key.privateKey(), "echo in").output()).as(shell).doesNotContain("in\n");
			assertThat(this.deliveries.of(grant.id()).inPlace()).as("sshd takes the key").isEqualTo(1);
		}
		sshd().setShell("deploy", "/no/such shell");
		check(node);
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		assertRefused(this.deliveries.of(grant.id()), "Nobody can log in as deploy: its login shell /no/such shell");
	}

	@Test
	void anAccountThatOnlyANameServiceKnowsIsServedInAHomeWithSpaces() {
		nameService("carol", 3456, "/home/carol of  sales");
		sshd().runInside("sh", "-c", "mkdir -p '/home/carol of  sales' && chown 3456:3456 '/home/carol of  sales'");
		Node node = nodeThatGrants("carol");
		assertThat(ssh().letsIn("carol", this.key.privateKey())).isTrue();
		assertThat(findings(node)).isEmpty();
		assertThat(sshd()
			.runInside("stat", "-c", "%u %g %a", "/home/carol of  sales/.ssh",
					"/home/carol of  sales/.ssh/authorized_keys")
			.output()).isEqualTo("3456 3456 700\n3456 3456 600\n");
	}

	@Test
	void anAccountWithoutAHomeFailsAndSaysSo() {
		nameService("dave", 3457, "/home/nowhere/dave");
		Node node = enrolledNode(Mode.ADDITIVE);
		Grant grant = grant(identityWith(this.key), node, "dave", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).isEqualTo("The home folder of dave does not exist.");
		});
	}

	/** An account that is not in /etc/passwd: nss-systemd knows it. */
	private void nameService(String account, int uid, String home) {
		String user = """
				{"userName":"%s","uid":%d,"gid":%d,"disposition":"regular","homeDirectory":"%s","shell":"/bin/sh"}"""
			.formatted(account, uid, uid, home);
		String secret = """
				{"privileged":{"hashedPassword":["$6$abc$def"]}}""";
		String group = """
				{"groupName":"%s","gid":%d,"disposition":"regular"}""".formatted(account, uid);
		sshd().runInside("sh", "-c", """
				mkdir -p /run/userdb && cd /run/userdb
				put() {
					printf '%s' "$1" >"$name.$2" && chmod "$3" "$name.$2" && ln -sf "$name.$2" "$id.$2"
				}
				name=$1 id=$2
				put "$3" user 644 && put "$4" user-privileged 600 && put "$5" group 644""", "sh", account,
				Integer.toString(uid), user, secret, group);
		String found = sshd().runInside("sh", "-c", "getent passwd \"$1\" || true", "sh", account).output();
		Assumptions.assumeTrue(found.contains(":" + uid + ":"), "nss-systemd is there");
	}

	private Node nodeThatGrants(String account) {
		Node node = enrolledNode(Mode.ADDITIVE);
		assertThat(settled(grant(identityWith(this.key), node, account, null)).inPlace()).isEqualTo(1);
		return node;
	}

	private List<String> findings(Node node) {
		return this.nodeStates.of(node.id()).remarks().findings();
	}

}
