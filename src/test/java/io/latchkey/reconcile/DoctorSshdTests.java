package io.latchkey.reconcile;

import java.time.Duration;

import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Diagnosis.Result;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.diagnosis.NodeDiagnosis;
import io.latchkey.diagnosis.NodeDoctor;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Causes why a login fails, planted on a real node: sshd refuses, and the doctor says
 * why.
 */
class DoctorSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private Doctor doctor;

	@Autowired
	private NodeDoctor nodeDoctor;

	private final SshKeyPair key = SshKeys.generate();

	private String person = "";

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void putRight() {
		forgetTheNodes();
		sshd().setShell("deploy", "/bin/sh");
		sshd().setPasswordHash("deploy", null);
		sshd().setPasswordChangedOn("deploy", 20_000);
		sshd().setLastDay("deploy", null);
		sshd().configure();
		sshd().restart();
		inside("""
				umount /home/deploy/.ssh 2>/dev/null; rm -rf /home/deploy/* /home/deploy/.ssh /root/.ssh /run/nologin
				chown deploy: /home/deploy; chmod 750 /home/deploy""");
	}

	@Test
	void findsNothingWhereTheKeyLetsIn() {
		Node node = nodeWithTheKey();
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.isExplained()).as(diagnosis.answer()).isFalse();
		assertThat(diagnosis.answer()).contains("sshd takes the key");
		assertThat(letsIn()).isTrue();
	}

	/** What is done on the node, and what the doctor says in one sentence. */
	@ParameterizedTest(name = "{1}")
	@CsvSource(delimiter = '|',
			textBlock = """
					chmod g+w /home/deploy; chgrp 0 /home/deploy          | because /home/deploy is writable by its group
					chmod o+w /home/deploy/.ssh                           | because /home/deploy/.ssh is writable by everybody
					chown alice /home/deploy/.ssh/authorized_keys         | is owned by somebody else than the account or root
					cd /home/deploy/.ssh; mv authorized_keys authorised_keys        | sshd does not read /home/deploy/.ssh/authorised_keys
					cd /home/deploy/.ssh; mv authorized_keys authorized_keys.txt    | sshd does not read /home/deploy/.ssh/authorized_keys.txt
					cd /home/deploy/.ssh; mv authorized_keys authorized_keys2       | sshd does not read /home/deploy/.ssh/authorized_keys2
					cd /home/deploy; mv .ssh/authorized_keys .            | sshd does not read /home/deploy/authorized_keys
					cd /home/deploy; mv .ssh x; mkdir .ssh; mv x .ssh/.ssh; chown -R deploy: .ssh | sshd does not read /home/deploy/.ssh/.ssh/authorized_keys
					cd /home/deploy; mv .ssh ssh                          | sshd does not read /home/deploy/ssh/authorized_keys
					: >/home/deploy/.ssh/authorized_keys                  | the file is empty
					sed -i '1s/^/# /' /home/deploy/.ssh/authorized_keys   | begins with #
					rm /home/deploy/.ssh/authorized_keys                  | because /home/deploy/.ssh/authorized_keys is not there
					cd /home/deploy; rm -r .ssh; : >.ssh                  | because /home/deploy/.ssh is not a folder
					cd /home/deploy/.ssh; rm authorized_keys; mkdir authorized_keys | is not a file
					rmdir /home/deploy/.ssh 2>/dev/null; mv /home/deploy /home/away | because its home folder /home/deploy is not there
					chown -R root: /home/deploy/.ssh; chmod 600 /home/deploy/.ssh/authorized_keys | with the rights of deploy, who may not
					sed -i '1s/^/\\xef\\xbb\\xbf/' /home/deploy/.ssh/authorized_keys | a byte order mark
					sed -i '1s/ AAAA/ AAAA\\n/' /home/deploy/.ssh/authorized_keys | wrapped over several lines
					sed -i '1s/^/no-such-option /' /home/deploy/.ssh/authorized_keys | does not know one of its options
					sed -i '1s/^/expiry-time="20200101" /' /home/deploy/.ssh/authorized_keys | because its line ended
					sed -i '1s/^/from="192.0.2.1\\/24x" /' /home/deploy/.ssh/authorized_keys | nothing fits its from=
					""")
	void namesTheCauseInTheFilesOfTheAccount(String plant, String answer) {
		Node node = nodeWithTheKey();
		inside(plant);
		try {
			Diagnosis diagnosis = diagnose(node);
			assertThat(diagnosis.answer()).contains(answer);
			assertThat(letsIn()).isFalse();
			assertThat(diagnosis.findings().get(0).rule()).isNotBlank();
			assertThat(diagnosis.findings().get(0).remedy()).isNotBlank();
		}
		finally {
			inside("[ ! -d /home/away ] || mv /home/away /home/deploy");
		}
	}

	/** Settings of sshd, and what the doctor says in one sentence. */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			AllowUsers root alice            | AllowUsers names only
			DenyUsers dep*                   | DenyUsers names it by dep*
			AllowGroups root wheel           | AllowGroups names only root wheel
			DenyGroups deploy                | DenyGroups names a group
			Match User deploy\\nAuthenticationMethods password\\nMatch all | AuthenticationMethods is password
			Match User deploy\\nPubkeyAuthentication no\\nMatch all | PubkeyAuthentication is no
			AuthorizedKeysFile /mnt/%u       | sshd does not read /home/deploy/.ssh/authorized_keys
			Match User deploy\\nAuthorizedKeysFile none\\nMatch all | AuthorizedKeysFile is none
			""")
	void namesTheCauseInTheConfigurationOfSshd(String lines, String answer) {
		Node node = nodeWithTheKey();
		// Latchkey goes on to come in
		inside("mkdir -p /mnt; cp /root/.ssh/authorized_keys /mnt/node/root-keys");
		String[] all = lines.strip().split("\\\\n");
		sshd().configure(all);
		sshd().restart();
		inside("cp /mnt/node/root-keys /mnt/root");
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains(answer);
		assertThat(letsIn()).isFalse();
		Result first = diagnosis.findings().get(0);
		assertThat(first.rule()).startsWith("sshd_config(5)");
		assertThat(first.evidence()).anySatisfy((evidence) -> {
			assertThat(evidence.file()).isEqualTo("/mnt/node/sshd_config");
			assertThat(evidence.text()).contains(all[all.length > 1 ? 1 : 0].split(" ")[0]);
		});
	}

	@Test
	void showsTheLineThatSshdDoesNotTake() {
		Node node = nodeWithTheKey();
		inside("sed -i '1 i PermitRotLogin no' /mnt/node/sshd_config");
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("does not take its own configuration");
		assertThat(diagnosis.findings().get(0).evidence())
			.contains(new Diagnosis.Evidence("/mnt/node/sshd_config", 1, "PermitRotLogin no"));
	}

	@Test
	void namesWhatTheAccountIsInTheWayWith() {
		Node node = nodeWithTheKey();
		sshd().setPasswordHash("deploy", "!");
		assertThat(diagnose(node).answer()).contains("the account is locked");
		assertThat(letsIn()).isFalse();
		sshd().setPasswordHash("deploy", null);
		sshd().setLastDay("deploy", 1L);
		assertThat(diagnose(node).answer()).contains("the account has expired");
		assertThat(letsIn()).isFalse();
		sshd().setLastDay("deploy", null);
		sshd().setShell("deploy", "/no/such/shell");
		assertThat(diagnose(node).answer()).contains("/no/such/shell is not there");
		assertThat(letsIn()).isFalse();
	}

	/** Without PAM sshd asks for a new password only whoever came in by one. */
	@Test
	void saysThatThePasswordHasToBeChanged() {
		Node node = nodeWithTheKey();
		sshd().setPasswordChangedOn("deploy", 0);
		assertThat(diagnose(node).isExplained()).isFalse();
		assertThat(letsIn()).isTrue();
		sshd().configure("UsePAM yes");
		sshd().restart();
		assertThat(diagnose(node).answer()).contains("has to be changed");
		assertThat(gotIn()).isFalse();
	}

	@Test
	void saysThatOnlyRootMayLogIn() {
		Node node = nodeWithTheKey();
		sshd().configure("UsePAM yes");
		sshd().restart();
		inside("echo 'Back at noon' >/run/nologin");
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).isEqualTo("Only root can log in: /run/nologin is there.");
		assertThat(diagnosis.findings().get(0).evidence())
			.contains(new Diagnosis.Evidence("/run/nologin", 1, "Back at noon"));
		assertThat(gotIn()).isFalse();
	}

	@Test
	void saysThatThereIsNoSuchAccount() {
		Node node = nodeWithTheKey();
		assertThat(this.doctor.diagnose(node.name(), "nobodyknows", null).answer())
			.isEqualTo("There is no account nobodyknows on %s.".formatted(node.name()));
	}

	@Test
	void saysNothingOfAPrivateKeyButThatItIsOne() throws Exception {
		Node node = nodeWithTheKey();
		String secret = java.nio.file.Files.readString(this.key.privateKey());
		sshd().authorize("deploy", secret.split("\n"));
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("begins a private key");
		assertThat(diagnosis.toString()).doesNotContain(secret.split("\n")[1].substring(0, 20));
	}

	@Test
	void saysThatTheDiskIsFull() {
		Node node = enrolledNode(Mode.ADDITIVE);
		inside("mkdir /home/deploy/.ssh; mount -t tmpfs -o size=4k,mode=700,uid=$(id -u deploy) tmpfs /home/deploy/.ssh; "
				+ "head -c 4096 /dev/zero >/home/deploy/.ssh/full");
		String person = identityWith(this.key);
		grant(person, node, "deploy", null);
		assertThat(this.doctor.diagnose(node.name(), "deploy", person).answer()).contains("the disk is full");
	}

	@Test
	void readsItsOwnRecordsFirst() {
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(this.key);
		assertThat(this.doctor.diagnose(node.name(), "deploy", person).answer())
			.isEqualTo("Nothing was granted to %s as deploy on %s.".formatted(person, node.name()));
		grant(person, node, "alice", null);
		assertThat(this.doctor.diagnose(node.name(), "deploy", person).answer()).contains("another account")
			.contains("alice");
		Grant grant = grant(person, node, "deploy", Duration.ofHours(1));
		settled(grant);
		assertThat(this.doctor.diagnose(node.name(), "deploy", person).answer()).contains("sshd takes the key");
		this.grants.revoke(grant.id());
		settled(grant);
		assertThat(this.doctor.diagnose(node.name(), "deploy", person).answer()).contains("was revoked");
		this.identities.suspend(person);
		assertThat(this.doctor.diagnose(node.name(), "deploy", person).answer()).contains("is suspended");
	}

	@Test
	void saysWhatIsOnRecordWhereTheNodeIsNotReached() {
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(this.key);
		grant(person, node, "deploy", null);
		sshd().stop();
		try {
			Diagnosis diagnosis = this.doctor.diagnose(node.name(), "deploy", person);
			assertThat(diagnosis.looked()).isFalse();
			assertThat(diagnosis.answer()).contains("could not be asked");
			assertThat(diagnosis.others()).extracting(Result::status).contains(Diagnosis.Status.SKIPPED);
		}
		finally {
			sshd().start();
		}
	}

	@Test
	void looksAtAllAccountsOfANode() {
		Node node = nodeWithTheKey();
		settled(grant(this.person, node, "alice", null));
		inside("chmod o+w /home/deploy");
		NodeDiagnosis whole = this.nodeDoctor.diagnose(node.name());
		assertThat(whole.looked()).isTrue();
		assertThat(whole.left()).isZero();
		assertThat(whole.accounts()).extracting(Diagnosis::account).containsExactly("alice", "deploy");
		assertThat(whole.accounts().get(0).isExplained()).isFalse();
		assertThat(whole.accounts().get(1).answer()).contains("/home/deploy is writable by everybody");
	}

	@Test
	void showsWhatSshdLogged() {
		Node node = nodeWithTheKey();
		inside("chmod 777 /home/deploy");
		assertThat(letsIn()).isFalse();
		assertThat(diagnose(node).log()).anySatisfy((line) -> assertThat(line).contains("bad ownership or modes"));
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

	private boolean letsIn() {
		return ssh().letsIn("deploy", this.key.privateKey());
	}

	/** Whether a command is run, beyond that the key is taken. */
	private boolean gotIn() {
		return ssh().run("deploy", this.key.privateKey(), "echo got in").output().contains("got in");
	}

	private void inside(String script) {
		sshd().runInside("sh", "-c", script + "\n:");
	}

}
