package io.latchkey.reconcile;

import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Diagnosis.Result;
import io.latchkey.diagnosis.Diagnosis.Status;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several causes at once on a real node, and those that only sshd's log tells: the
 * sentence names the one that sshd comes to first, and all of them are found.
 */
class DoctorPairsSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private Doctor doctor;

	private final SshKeyPair key = SshKeys.generate();

	private String person = "";

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void putRight() {
		forgetTheNodes();
		sshd().setPasswordHash("deploy", null);
		sshd().configure();
		sshd().restart();
		inside("rm -rf /home/deploy/* /home/deploy/.ssh /root/.ssh; chmod 750 /home/deploy; rm -f /mnt/node/revoked");
	}

	/** What is set, what is done, what the sentence says, and what is found as well. */
	@ParameterizedTest(name = "{0}, {1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					DenyUsers deploy      | chmod o+w /home/deploy                        | DenyUsers names it           | strict-modes
					MaxAuthTries 2        | chmod o+w /home/deploy                        | is writable by everybody     | many-keys
					LoginGraceTime 5      | rm /home/deploy/.ssh/authorized_keys          | is not there                 | grace-time
					DenyUsers alice       | cd /home/deploy/.ssh; mv authorized_keys authorized_keys2 | sshd does not read | misspelt-file
					LogLevel VERBOSE      | chmod o+w /home/deploy/.ssh; sed -i '1s/^/expiry-time="20200101" /' /home/deploy/.ssh/authorized_keys | is writable by everybody | strict-modes
					AuthorizedKeysCommand none | sed -i '1s/^/no-such-option /' /home/deploy/.ssh/authorized_keys; cp /home/deploy/.ssh/authorized_keys /home/deploy/.ssh/authorized_keys2; chown -R deploy: /home/deploy/.ssh | does not know one of its options | misspelt-file
					""")
	void namesTheCauseThatComesFirst(String setting, String plant, String answer, String also) {
		Node node = nodeWithTheKey();
		sshd().configure(setting);
		sshd().restart();
		inside(plant);
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains(answer);
		assertThat(diagnosis.findings()).extracting(Result::id).contains(also);
		assertThat(diagnosis.findings().get(0).status()).isEqualTo(Status.PROBLEM);
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
	}

	@Test
	void namesALockedAccountBeforeTheFileOfItsKeys() {
		Node node = nodeWithTheKey();
		sshd().setPasswordHash("deploy", "!");
		inside("chmod o+w /home/deploy");
		assertThat(diagnose(node).answer()).contains("the account is locked");
	}

	@Test
	void namesARevokedKeyByTheWordsOfTheLog() {
		Node node = nodeWithTheKey();
		inside("echo '%s' >/mnt/node/revoked".formatted(this.key.publicKey()));
		sshd().configure("RevokedKeys /mnt/node/revoked");
		sshd().restart();
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("/mnt/node/revoked names it as revoked");
		Result first = diagnosis.findings().get(0);
		assertThat(first.evidence()).anySatisfy((seen) -> assertThat(seen.text()).contains("revoked by file"))
			.anySatisfy((seen) -> assertThat(seen.text()).isEqualTo("RevokedKeys /mnt/node/revoked"));
		assertThat(first.rule()).startsWith("sshd_config(5), RevokedKeys");
	}

	@Test
	void namesACommandForKeysThatSshdDoesNotRun() {
		Node node = nodeWithTheKey();
		inside("printf '#!/bin/sh\\n' >/home/deploy/keys; chmod 777 /home/deploy/keys; rm /home/deploy/.ssh/authorized_keys");
		sshd().configure("AuthorizedKeysCommand /home/deploy/keys", "AuthorizedKeysCommandUser nobody");
		sshd().restart();
		assertThat(ssh().letsIn("deploy", this.key.privateKey())).isFalse();
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("is not there");
		assertThat(diagnosis.findings()).extracting(Result::id).contains("keys-command", "keys-command-failed");
	}

	/** Debian's sshd logs nothing of a login that took too long. */
	@Test
	void namesATimeThatIsTooShortForAPerson() {
		Node node = nodeWithTheKey();
		sshd().configure("LoginGraceTime 5");
		sshd().restart();
		assertThat(diagnose(node).findings()).filteredOn((finding) -> "grace-time".equals(finding.id()))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().toString()).contains("text=LoginGraceTime 5"));
	}

	private Node nodeWithTheKey() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.person = identityWith(this.key);
		settled(grant(this.person, node, "deploy", null));
		return node;
	}

	private Diagnosis diagnose(Node node) {
		return this.doctor.diagnose(node.name(), "deploy", this.person);
	}

	private void inside(String... script) {
		sshd().runInside("bash", "-c", String.join("\n", script) + "\n:");
	}

}
