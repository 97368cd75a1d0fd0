package io.latchkey.reconcile;

import java.time.Duration;

import io.latchkey.ApplicationTest;
import io.latchkey.core.InvalidInputException;
import io.latchkey.diagnosis.TestLogin;
import io.latchkey.diagnosis.TestLogins;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What a test login foretells is what sshd does.
 */
class TestLoginSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private TestLogins testLogins;

	@Autowired
	private MockMvc api;

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void emptyTheFiles() {
		forgetTheNodes();
		sshd().authorize("root");
		sshd().authorize("deploy");
	}

	@Test
	void saysWhichKeysSshdTakesAndByWhichLines() {
		SshKeyPair granted = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		SshKeyPair over = SshKeys.generate();
		SshKeyPair elsewhere = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("deploy", "# a comment", "no-pty " + foreign.publicKey(),
				"expiry-time=\"20200101\" " + over.publicKey(), "from=\"192.0.2.1\" " + elsewhere.publicKey());
		String person = identityWith(granted);
		Grant grant = grant(person, node, "deploy", Duration.ofHours(1));
		settled(grant);

		TestLogin test = this.testLogins.test(node.name(), "deploy", null);

		assertThat(test.look().loggedIn()).isTrue();
		assertThat(test.obstacles()).isEmpty();
		assertThat(test.files()).first().asString().endsWith("/.ssh/authorized_keys");
		assertThat(test.ssh().command()).isEqualTo("ssh -p %d deploy@%s".formatted(sshd().port(), sshd().address()));
		TestLogin.Key own = key(test, granted);
		assertThat(own.accepted()).isTrue();
		assertThat(own.identity()).isEqualTo(person);
		assertThat(own.lines()).singleElement()
			.satisfies((line) -> assertThat(line.until()).isBefore(grant.expiresAt()));
		assertThat(own.grants()).extracting(TestLogin.Grant::id).containsExactly(grant.id().value());
		assertThat(key(test, foreign).identity()).isNull();
		assertThat(key(test, foreign).lines()).extracting(TestLogin.Line::options).containsExactly("no-pty");
		assertThat(key(test, over).detail()).contains("run out").contains("2020-01-01");
		assertThat(key(test, elsewhere).detail()).isEqualTo("Only from 192.0.2.1.");
		assertThat(key(test, granted).accepted()).isEqualTo(ssh().letsIn("deploy", granted.privateKey())).isTrue();
		assertThat(key(test, foreign).accepted()).isEqualTo(ssh().letsIn("deploy", foreign.privateKey())).isTrue();
		assertThat(key(test, over).accepted()).isEqualTo(ssh().letsIn("deploy", over.privateKey())).isFalse();
	}

	@Test
	void saysOfAnIdentityThatNothingOfItsStandsThere() throws Exception {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String person = identityWith(key);
		this.api
			.perform(post("/api/v1/nodes/{node}/accounts/deploy/test-login?identity={person}", node.name(), person)
				.header("Authorization", "Bearer " + ApplicationTest.TOKEN))
			.andExpect(status().isOk())
			.andExpect(jsonPath("$.loggedIn").value(true))
			.andExpect(jsonPath("$.keys.length()").value(1))
			.andExpect(jsonPath("$.keys[0].fingerprint").value(key.fingerprint()))
			.andExpect(jsonPath("$.keys[0].accepted").value(false))
			.andExpect(jsonPath("$.keys[0].detail").value("No line of this key stands in the files of deploy."));
	}

	@Test
	void saysThatALockedAccountTakesNoKey() {
		SshKeyPair foreign = SshKeys.generate();
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().authorize("deploy", foreign.publicKey());
		sshd().setPasswordHash("deploy", "!");
		try {
			TestLogin test = this.testLogins.test(node.name(), "deploy", null);
			assertThat(test.obstacles()).singleElement().asString().contains("locked");
			assertThat(key(test, foreign).accepted()).isEqualTo(ssh().letsIn("deploy", foreign.privateKey())).isFalse();
		}
		finally {
			sshd().setPasswordHash("deploy", null);
		}
	}

	@Test
	void saysWhyItCouldNotLook() {
		Node node = enrolledNode(Mode.ADDITIVE);
		sshd().stop();
		try {
			TestLogin test = this.testLogins.test(node.name(), "deploy", null);
			assertThat(test.look().loggedIn()).isFalse();
			assertThat(test.look().detail()).isNotBlank();
			assertThat(test.ssh().command()).contains("deploy@");
		}
		finally {
			sshd().start();
		}
	}

	@Test
	void asksForANodeThatLetsLatchkeyIn() {
		Node node = addedNode(Mode.ADDITIVE);
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.testLogins.test(node.name(), "deploy", null));
	}

	private static TestLogin.Key key(TestLogin test, SshKeyPair pair) {
		return test.keys()
			.stream()
			.filter((key) -> key.fingerprint().value().equals(pair.fingerprint()))
			.findFirst()
			.orElseThrow();
	}

}
