package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.latchkey.delivery.Delivery;
import io.latchkey.foreignkeys.RemovedLine;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeState;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files that the node's sshd really reads for an account.
 */
class KeyFilesSshdTests extends JobOnSshd {

	private static final String TWO = "AuthorizedKeysFile .ssh/authorized_keys .ssh/authorized_keys2";

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void asItWas() throws IOException {
		for (String account : List.of("root", "deploy", "alice")) {
			Files.deleteIfExists(file(account, ".ssh/authorized_keys2"));
			Files.deleteIfExists(file(account, ".keys"));
			sshd().own(account, sshd().home(account), "rwxr-xr-x");
			sshd().authorize(account);
		}
		sshd().configure();
		sshd().restart();
	}

	@Test
	void ownLinesMoveToTheFileThatSshdReadsNow() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		sshd().authorize("deploy", "# by hand");
		Grant grant = grant(identityWith(key), node, "deploy", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		Grant asRoot = grant(identityWith(SshKeys.generate()), node, "root", null);
		assertThat(settled(asRoot).inPlace()).isEqualTo(1);

		// Written, but not in force: sshd reads its configuration when it starts.
		sshd().configure("AuthorizedKeysFile %h/.keys");
		check(node);
		assertThat(content("deploy", ".keys")).isEqualTo(key.publicKey() + "\n");
		assertThat(file("deploy")).isEqualTo("# by hand\n");
		assertThat(content("root", ".keys")).contains("latchkey").hasLineCount(2);
		assertThat(accountFile(node, "deploy")).isEqualTo("/home/deploy/.keys");

		sshd().restart();
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
	}

	@Test
	void aRevokedKeyInAFurtherFileIsStillPresent() throws IOException {
		sshd().configure(TWO);
		sshd().restart();
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		Path further = file("alice", ".ssh/authorized_keys2");
		Files.writeString(further, key.publicKey() + " another\n");
		sshd().own("alice", further, "rw-------");
		check(node);
		assertThat(entries(node, "alice"))
			.anySatisfy((entry) -> assertThat(entry.file()).isEqualTo("/home/alice/.ssh/authorized_keys2"));

		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.STILL_PRESENT));
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		assertThat(this.deliveries.of(grant.id()).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(this.removedLines.list(node.id(), null, PageRequest.of(0, 20))).extracting(RemovedLine::line)
			.contains(key.publicKey() + " another");
	}

	@Test
	void whatSshdWouldRefuseFailsAndNamesThePath() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		sshd().own("alice", sshd().home("alice"), "rwxrwxrwx");
		Grant grant = grant(identityWith(key), node, "alice", null);
		assertThat(settled(grant).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("/home/alice can be written to by");
		});
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		sshd().own("alice", sshd().home("alice"), "rwxr-xr-x");
		check(node);
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		sshd().own("alice", sshd().home("alice"), "rwxr-xrwx");
		check(node);
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.FAILED);
	}

	@Test
	void noAccountKeepsLatchkeyFromWhatSshdReadsNow() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		assertThat(settled(grant).inPlace()).isEqualTo(1);
		sshd().authorize("alice");
		sshd().runInside("truncate", "-s", "4T", "/home/alice/.ssh/authorized_keys").orThrow();
		Grant large = grant(identityWith(SshKeys.generate()), node, "alice", null);
		assertThat(settled(large).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("/home/alice/.ssh/authorized_keys is larger than 8 MiB");
		});
		sshd().configure("Match User deploy", "  AuthorizedKeysFile %h/.keys", "Match all");
		sshd().restart();
		check(node);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(this.deliveries.of(grant.id()).inPlace()).isEqualTo(1);
		assertThat(accountFile(node, "deploy")).isEqualTo("/home/deploy/.keys");
	}

	private Path file(String account, String name) {
		return sshd().home(account).resolve(name);
	}

	private String content(String account, String name) {
		try {
			return Files.readString(file(account, name), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String accountFile(Node node, String account) {
		return this.nodeStates.accounts(node.id())
			.stream()
			.filter((state) -> state.account().equals(account))
			.map(AccountState::file)
			.findFirst()
			.orElseThrow();
	}

}
