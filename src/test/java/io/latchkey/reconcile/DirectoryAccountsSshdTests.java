package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import io.latchkey.core.InvalidInputException;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Accounts as LDAP and Active Directory have them, on a real node. */
class DirectoryAccountsSshdTests extends JobOnSshd {

	private static final List<String> NAMES = List.of("alice@corp.example.org", "1alice", "alice.smith+ops",
			"CORP\\alice", "CORP\\Alice Smith");

	/** A client of OpenSSH takes no such name, a server does. */
	private static final String ODD = "o'brien & (sons)!";

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1);

	@Autowired
	private TestLogins testLogins;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void addAccounts() {
		sshd().authorize("root", "# by hand");
		NAMES.forEach(sshd()::addAccount);
		sshd().addAccount(ODD);
	}

	@AfterEach
	void configureAsBefore() {
		sshd().configure();
		sshd().restart();
	}

	@Test
	void areLetInAndShutOut() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String identity = identityWith(key);
		List<Grant> grants = NAMES.stream().map((name) -> grant(identity, node, name, null)).toList();
		Grant odd = grant(identity, node, ODD, null);
		for (Grant grant : grants) {
			assertThat(settled(grant).inPlace()).as(grant.account()).isOne();
			assertThat(ssh().letsIn(grant.account(), key)).as(grant.account()).isTrue();
		}
		assertThat(settled(odd).inPlace()).isOne();
		assertThat(file(ODD)).contains(key.publicKey());
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(this.testLogins.test(node.name(), "CORP\\Alice Smith", null)).satisfies((test) -> {
			assertThat(test.ssh().command()).contains("-l 'CORP\\Alice Smith' ");
			assertThat(test.ssh().configuration()).containsExactly("Host " + node.route().address(),
					"    User \"CORP\\Alice Smith\"");
			assertThat(test.keys()).singleElement().satisfies((each) -> assertThat(each.accepted()).isTrue());
		});

		grants.forEach((grant) -> this.grants.revoke(grant.id()));
		this.grants.revoke(odd.id());
		for (Grant grant : grants) {
			settled(grant);
			assertThat(ssh().letsIn(grant.account(), key)).as(grant.account()).isFalse();
		}
		settled(odd);
		assertThat(file(ODD)).doesNotContain(key.publicKey());
		try (var left = Files.list(sshd().home(ODD).getParent())) {
			assertThat(left.map((file) -> file.getFileName().toString())).as("nothing was run").doesNotContain("x");
		}
	}

	@Test
	void standInFilesThatAreNamedAfterThem() {
		sshd().configure("AuthorizedKeysFile /mnt/keys/%u .ssh/authorized_keys");
		sshd().restart();
		sshd().runInside("mkdir", "-m", "755", "/mnt/keys");
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String identity = identityWith(key);
		for (String name : List.of("CORP\\Alice Smith", "alice@corp.example.org")) {
			Grant grant = grant(identity, node, name, null);
			assertThat(settled(grant).inPlace()).isOne();
			assertThat(sshd().runInside("cat", "/mnt/keys/" + name).output()).contains(key.publicKey());
			assertThat(ssh().letsIn(name, key)).isTrue();
			this.grants.revoke(grant.id());
			settled(grant);
			assertThat(ssh().letsIn(name, key)).isFalse();
		}
	}

	@Test
	void areRefusedWhereTheirNameIsNone() {
		Node node = addedNode(Mode.ADDITIVE);
		String identity = identityWith(SshKeys.generate());
		for (String name : List.of("$(touch x)", "a;b", "a*", "~root", "-oProxyCommand=x", "a:b", "../a", "a\nb")) {
			assertThatExceptionOfType(InvalidInputException.class).as(name)
				.isThrownBy(() -> grant(identity, node, name, null));
		}
	}

}
