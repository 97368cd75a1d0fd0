package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Delivery;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An account by which Latchkey logs in without being root, and which plants what it can
 * in its own environment: what is said of it may be wrong, and of nobody else.
 */
@RequiresProgram("bash")
class PlantedEnvironmentSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void asItWas() throws IOException {
		for (String name : List.of(".bashrc", ".profile", "env")) {
			Files.deleteIfExists(sshd().home("alice").resolve(name));
		}
		sshd().setShell("alice", "/bin/sh");
		List.of("alice", "deploy", "root").forEach((account) -> sshd().authorize(account));
	}

	/**
	 * Programs, functions, aliases and variables of its own are not those of the script.
	 */
	@Test
	void isKeptRightWhateverItsRcFilesDefine() throws IOException {
		sshd().setShell("alice", "/bin/bash");
		rc(".bashrc", """
				mkdir -p $HOME/bin
				for each in sha256sum cat stat head date dd chmod mv wc sync id; do
					printf '#!/bin/sh\\necho planted\\n' >$HOME/bin/$each
					chmod 755 $HOME/bin/$each
					eval "$each() { echo planted; }"
					export -f $each
					alias $each='echo planted'
				done
				shopt -s expand_aliases
				export PATH=$HOME/bin ENV=$HOME/env BASH_ENV=$HOME/env IFS=/ CDPATH=/tmp LC_ALL=de_DE.UTF-8
				export script='echo planted' guard='echo planted' hasher=planted newline=x limit=1 mode=all
				umask 000
				set -o noclobber
				""");
		rc("env", "printf() { echo planted; }\n");
		rc(".profile", "exit 3\n");
		Node node = enrolledAsAlice();
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		assertThat(file("alice")).contains(key.publicKey() + "\n");
		assertThat(Files.getPosixFilePermissions(sshd().authorizedKeys("alice"))).hasSize(2);
		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(file("alice")).doesNotContain(key.publicKey());
	}

	/**
	 * Its shell says what it likes in place of the script, of other accounts as well, and
	 * as if it were root.
	 */
	@Test
	void whatItsShellSaysCountsForItselfAlone() throws IOException {
		Node whole = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant deploys = grant(identityWith(key), whole, "deploy", null);
		assertThat(settled(deploys).inPlace()).isEqualTo(1);
		String deploysFile = file("deploy");
		Node node = enrolledAsAlice();
		List<?> hostKeys = this.nodes.get(node.id()).hostKeys();
		sshd().setShell("alice", "/bin/bash");
		for (String words : List.of(account("deploy", "/home/deploy/.ssh/authorized_keys"),
				account("alice", "/home/deploy/.ssh/authorized_keys") + "; echo 'strict 0 all /home'",
				account("alice", "/root/.ssh/authorized_keys"), "echo 'account root no-account - -'",
				"echo 'matches alice 200'", "echo observed")) {
			rc(".bashrc",
					"""
							exec() { :; }
							printf 'latchkey-node 1 0 %%s.5 +0000 sha256sum setpriv\\n' "$(date +%%s)"
							%s
							echo 'config %s /etc/ssh/sshd_config'
							echo observed
							echo learned
							printf '%%s\\n' 'files alice 1 0 0' 'pattern /home/deploy/.ssh/authorized_keys' 'asked login 127.0.0.1 127.0.0.1 22' 'listed no'
							while :; do
								printf '%%s\\n' 'content 0' 'written %s -' removed
								IFS= read -r word || exit
							done
							"""
						.formatted(words, "0".repeat(64), "0".repeat(64)));
			Grant grant = grant(identityWith(SshKeys.generate()), node, "alice", null);
			settled(grant);
			this.grants.revoke(grant.id());
			settled(grant);
			assertThat(this.nodes.get(node.id()).hostKeys()).as(words).isEqualTo(hostKeys);
			assertThat(this.nodeStates.accounts(node.id())).extracting(AccountState::account)
				.as(words)
				.isSubsetOf("alice");
			assertThat(file("deploy")).as(words).isEqualTo(deploysFile);
			check(whole);
			assertThat(this.nodeStates.of(whole.id()).state()).as(words).isEqualTo(NodeState.IN_SYNC);
			assertThat(this.deliveries.of(deploys.id()).inPlace()).as(words).isEqualTo(1);
		}
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
	}

	private static String account(String name, String path) {
		return "echo 'account %s file %s %s'".formatted(name, "0".repeat(64), path);
	}

	private Node enrolledAsAlice() {
		NodeDraft root = draft("self-node-" + System.nanoTime(), Mode.ADDITIVE);
		Node node = add(new NodeDraft(root.name(), root.address(), root.port(), "alice", Privilege.SELF, Mode.ADDITIVE,
				Map.of()));
		return this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(sshd().password().toCharArray()),
				null, Fingerprint.parse(sshd().hostKeyFingerprints().get(0))));
	}

	private void rc(String name, String text) throws IOException {
		Path file = sshd().home("alice").resolve(name);
		Files.writeString(file, text, StandardCharsets.UTF_8);
		sshd().own("alice", file, "rw-r--r--");
	}

}
