package io.latchkey.reconcile;

import java.util.Map;

import io.latchkey.RequiresProgram;
import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Privilege;
import io.latchkey.sshd.SshAgent;
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
 * One sentence for a person, a node and an account: causes are planted on a real node,
 * the person tries, and the first sentence is the right one, word for word.
 */
class DoctorSentencesSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private Doctor doctor;

	private SshKeyPair key = SshKeys.generate();

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void putRight() {
		forgetTheNodes();
		inside("umount -l /usr/sbin/sshd 2>/dev/null");
		sshd().setShell("deploy", "/bin/sh");
		sshd().setPasswordHash("deploy", null);
		sshd().setPasswordChangedOn("deploy", 20_000);
		sshd().setLastDay("deploy", null);
		sshd().configure();
		sshd().restart();
		inside("""
				umount /etc/pam.d/sshd /etc/security/access.conf /home/deploy/.ssh 2>/dev/null
				[ ! -d /home/away ] || mv /home/away /home/deploy
				rm -rf /home/deploy/* /home/deploy/.ssh /root/.ssh /run/nologin /mnt/keys /mnt/pam /mnt/access
				chown deploy: /home/deploy; setfacl -b /home/deploy 2>/dev/null; chmod 750 /home/deploy""");
	}

	/** What sshd is set to, what is done on the node, and what the doctor says. */
	@ParameterizedTest(name = "{2}")
	@CsvSource(delimiter = '|',
			textBlock = """
					- | chmod 770 /home/deploy; chgrp alice /home/deploy | sshd refuses the keys of PERSON, because /home/deploy is writable by its group.
					- | chown alice /home/deploy/.ssh/authorized_keys | sshd refuses the keys of PERSON, because /home/deploy/.ssh/authorized_keys is owned by somebody else than the account or root.
					- | chmod 000 /home/deploy/.ssh | sshd cannot read /home/deploy/.ssh/authorized_keys: it does so with the rights of deploy, who may not.
					- | cd /home/deploy/.ssh; mv authorized_keys authorised_keys | sshd does not read /home/deploy/.ssh/authorised_keys, in which the key of PERSON stands: the file is called /home/deploy/.ssh/authorized_keys.
					- | cd /home/deploy; mv .ssh x; mkdir .ssh; mv x .ssh/.ssh; chown -R deploy: .ssh | sshd does not read /home/deploy/.ssh/.ssh/authorized_keys, in which the key of PERSON stands: it was copied into a folder of the folder. The file is /home/deploy/.ssh/authorized_keys.
					AuthorizedKeysFile /mnt/keys/%u | mkdir /mnt/keys; cp /root/.ssh/authorized_keys /mnt/keys/root | sshd does not read /home/deploy/.ssh/authorized_keys, in which the key stands: its configuration names /mnt/keys/deploy for deploy.
					- | rm /home/deploy/.ssh/authorized_keys | sshd finds no key of PERSON, because /home/deploy/.ssh/authorized_keys is not there.
					- | mv /home/deploy /home/away | sshd finds no key for deploy, because its home folder /home/deploy is not there.
					- | rm /home/deploy/.ssh/authorized_keys; mkfifo /home/deploy/.ssh/authorized_keys; chown deploy: /home/deploy/.ssh/authorized_keys | sshd reads no key for deploy, because /home/deploy/.ssh/authorized_keys is not a file.
					- | ssh-keygen -e -f KEY.pub >/mnt/keys; cat /mnt/keys >/home/deploy/.ssh/authorized_keys | Line 1 of /home/deploy/.ssh/authorized_keys begins a key in the format of RFC 4716, which sshd does not read.
					- | puttygen KEY -O private -o /mnt/keys --new-passphrase /dev/null; cat /mnt/keys >/home/deploy/.ssh/authorized_keys | Line 1 of /home/deploy/.ssh/authorized_keys begins a private key in the format of PuTTY, which sshd does not read. Whoever can read the file has that key.
					- | cat KEY >/home/deploy/.ssh/authorized_keys | Line 1 of /home/deploy/.ssh/authorized_keys begins a private key where the public one of PERSON belongs. Whoever can read the file has that key.
					- | sed -i '1s/ AAAA/ AAAA\\n/' /home/deploy/.ssh/authorized_keys | sshd cannot read the key that begins in line 1 of /home/deploy/.ssh/authorized_keys, because it is wrapped over several lines.
					- | sed -i 's/ssh-ed25519 AAAA/ssh-ed25519 AAAB/' /home/deploy/.ssh/authorized_keys | sshd cannot read line 1 of /home/deploy/.ssh/authorized_keys as a key.
					- | sed -i '1s/^/no-such-option /' /home/deploy/.ssh/authorized_keys | sshd passes over line 1 of /home/deploy/.ssh/authorized_keys, because it does not know one of its options (VERSION).
					- | sed -i '1s/^/expiry-time="20200101" /' /home/deploy/.ssh/authorized_keys | sshd refuses the key FINGERPRINT of PERSON, because its line ended at 2020-01-01T00:00:00Z.
					- | sed -i '1s/^/from="192.0.2.0\\/24" /' /home/deploy/.ssh/authorized_keys | sshd refuses the key of PERSON, because it came from 127.0.0.1, and the line takes it only from 192.0.2.0/24.
					- | { echo "command=\\"/bin/false\\" $(cat KEY.pub)"; cat /home/deploy/.ssh/authorized_keys; } >/mnt/keys; cat /mnt/keys >/home/deploy/.ssh/authorized_keys | The key of PERSON runs one command and nothing else, because line 1 of /home/deploy/.ssh/authorized_keys comes before line 2, which is granted.
					- | sed -i '1s/^/command="\\/bin\\/false" /' /home/deploy/.ssh/authorized_keys | The key of PERSON runs one command and nothing else, as line 1 of /home/deploy/.ssh/authorized_keys has it.
					AllowUsers root alice | : | sshd refuses every login as deploy: AllowUsers names only root alice. Add deploy in its configuration.
					DenyUsers deploy | : | sshd refuses every login as deploy: DenyUsers names it by deploy. Take that out of its configuration.
					Match User deploy\\nAuthenticationMethods publickey,password\\nMatch all | : | A key alone does not let in as deploy: AuthenticationMethods is publickey,password.
					Match Address 127.0.0.0/8 User deploy\\nPubkeyAuthentication no\\nMatch all | : | Nothing on NODE certainly keeps PERSON from logging in as deploy, but this may: Whether sshd takes a key for deploy depends on the connection it comes by: PubkeyAuthentication is no for some.
					UsePAM yes | echo account required pam_access.so >/mnt/pam; echo '-:deploy:ALL' >/mnt/access; mount --bind /mnt/pam /etc/pam.d/sshd; mount --bind /mnt/access /etc/security/access.conf | PAM refuses logins as deploy after the key was taken: its rules of accounts do not let deploy in (pam_access).
					UsePAM yes | echo 'Back at noon' >/run/nologin | Only root can log in: /run/nologin is there.
					RevokedKeys /mnt/keys | cp KEY.pub /mnt/keys | sshd refused a key of PERSON, because /mnt/keys names it as revoked.
					""")
	void saysInOneSentenceWhySomebodyDoesNotComeIn(String lines, String plant, String sentence) {
		Case planted = granted();
		configure(lines);
		inside(plant.replace("KEY", this.key.privateKey().toString()));
		assertThat(gotIn()).isFalse();
		assertThat(planted.diagnose()).isEqualTo(planted.expected(sentence));
	}

	@Test
	void saysHowTheAccountStands() {
		Case planted = granted();
		sshd().setShell("deploy", "/usr/sbin/nologin");
		assertThat(gotIn()).isFalse();
		assertThat(planted.diagnose()).isEqualTo("sshd takes keys for deploy, but nobody gets a shell: its login shell "
				+ "is /usr/sbin/nologin, which turns people away.");
		sshd().setShell("deploy", "/no/such");
		assertThat(planted.diagnose())
			.isEqualTo("sshd lets nobody in as deploy, because its login shell /no/such is not there, or no program.");
		sshd().setShell("deploy", "/bin/sh");
		sshd().setPasswordHash("deploy", "!");
		assertThat(planted.diagnose())
			.isEqualTo("sshd lets nobody in as deploy, because the account is locked and PAM is not asked.");
		sshd().setPasswordHash("deploy", null);
		sshd().setLastDay("deploy", 1L);
		assertThat(planted.diagnose()).isEqualTo("Nobody gets in as deploy, because the account has expired.");
	}

	/** Both sshd and the client are asked for less than they can. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					PubkeyAcceptedAlgorithms ssh-rsa | sshd takes the RSA key FINGERPRINT of PERSON only with signatures over SHA-1, which clients make no more since OpenSSH 8.8.
					PubkeyAcceptedAlgorithms ssh-ed25519 | sshd refuses the key FINGERPRINT of PERSON: sshd takes no ssh-rsa key for deploy: PubkeyAcceptedAlgorithms has none of its algorithms. Give the person a key of another type.
					""")
	void saysWhatKeepsAnRsaKeyOut(String line, String sentence) {
		this.key = SshKeys.generate("rsa", "-b", "2048");
		Case planted = granted();
		configure("Match User deploy\\n" + line + "\\nMatch all");
		assertThat(gotIn()).isFalse();
		assertThat(planted.diagnose()).isEqualTo(planted.expected(sentence));
		configure("RequiredRSASize 3072");
		assertThat(gotIn()).isFalse();
		assertThat(planted.diagnose()).isEqualTo(
				planted.expected("sshd refuses the key FINGERPRINT of PERSON: sshd takes no RSA key of that size "
						+ "(2048 < 3072 bits, RequiredRSASize). Give the person another key."));
	}

	/** The words are those of the last try: whoever came in since is not kept out. */
	@Test
	void saysThatAnAgentOffersTooManyKeys() {
		Case planted = granted();
		configure("MaxAuthTries 2");
		try (SshAgent agent = SshAgent.named("many")
			.start(SshKeys.generate(), SshKeys.generate(), SshKeys.generate(), this.key)) {
			assertThat(ssh().runWithAgent("deploy", agent, "echo got in").output()).doesNotContain("got in");
			assertThat(planted.diagnose()).isEqualTo(
					"sshd sent somebody away who offered too many keys as deploy (MaxAuthTries 2): an agent offers "
							+ "all of its keys one after the other.");
		}
		assertThat(gotIn()).isTrue();
		assertThat(planted.diagnose()).doesNotContain("sent somebody away");
	}

	@Test
	@RequiresProgram("setfacl")
	void saysThatAnAclLetsOthersWrite() {
		Case planted = granted();
		inside("chgrp alice /home/deploy; setfacl -m u:alice:rwx /home/deploy");
		assertThat(gotIn()).isFalse();
		assertThat(planted.diagnose()).isEqualTo(planted.expected(
				"sshd refuses the keys of PERSON, because an ACL on /home/deploy gives others the right to write."));
	}

	/**
	 * Each of them alone would keep people out; the first one that sshd comes to is
	 * named.
	 */
	@Test
	void ofSeveralCausesNamesTheOneThatDecides() {
		Case planted = granted();
		configure("DenyUsers deploy");
		sshd().setPasswordHash("deploy", "!");
		inside("chmod o+w /home/deploy; sed -i '1s/^/no-such-option /' /home/deploy/.ssh/authorized_keys");
		assertThat(planted.diagnose()).contains("DenyUsers names it by deploy");
		configure("-");
		assertThat(planted.diagnose()).contains("the account is locked");
		sshd().setPasswordHash("deploy", null);
		assertThat(planted.diagnose()).contains("/home/deploy is writable by everybody");
		inside("chmod 750 /home/deploy");
		assertThat(planted.diagnose()).contains("does not know one of its options");
		assertThat(gotIn()).isFalse();
	}

	/** PAM lets them in by their key all the same; an sshd built without it does not. */
	@Test
	void tellsWhetherALockedAccountIsKeptOut() {
		Case planted = granted();
		sshd().setPasswordHash("deploy", "!");
		configure("UsePAM yes");
		assertThat(gotIn()).isTrue();
		assertThat(planted.look().isExplained()).isFalse();
		configure("-");
		playSshd("sed '/^usepam /d'");
		assertThat(gotIn()).isFalse();
		assertThat(planted.diagnose())
			.isEqualTo("sshd lets nobody in as deploy, because the account is locked and PAM is not asked.");
	}

	/** Since OpenSSH 9.9. */
	@Test
	void saysThatTheConnectionIsRefused() {
		Case planted = granted();
		playSshd("sed '$ a refuseconnection yes'");
		assertThat(planted.diagnose())
			.isEqualTo("sshd refuses every login as deploy: RefuseConnection is yes for it in its configuration.");
	}

	/** What it says of its configuration goes through a filter. */
	private void playSshd(String filter) {
		inside("""
				cp /usr/sbin/sshd /mnt/node/real-sshd
				cat >/mnt/node/played-sshd <<'END'
				#!/bin/sh
				case " $* " in
				*' -T '*) /mnt/node/real-sshd "$@" | %s ;;
				*) exec /mnt/node/real-sshd "$@" ;;
				esac
				END
				chmod 755 /mnt/node/played-sshd; mount --bind /mnt/node/played-sshd /usr/sbin/sshd"""
			.formatted(filter));
	}

	@Test
	@RequiresProgram("sudo")
	void saysThatRootMayNotLogIn() {
		sshd().setSudoers("alice ALL=(ALL) NOPASSWD: ALL");
		try {
			Node node = enrol(add(new NodeDraft("root-login", sshd().address(), sshd().port(), "alice", Privilege.SUDO,
					Mode.ADDITIVE, Map.of())));
			String person = identityWith(this.key);
			settled(grant(person, node, "root", null));
			assertThat(ssh().letsIn("root", this.key.privateKey())).isTrue();
			configure("PermitRootLogin no");
			assertThat(ssh().letsIn("root", this.key.privateKey())).isFalse();
			assertThat(this.doctor.diagnose(node.name(), "root", person).answer())
				.isEqualTo("sshd refuses every login as root: PermitRootLogin is no in its configuration.");
		}
		finally {
			sshd().setSudoers();
		}
	}

	@Test
	void findsNothingInLinesThatEndAsOnWindows() {
		Case planted = granted();
		inside("sed -i 's/$/\\r/' /home/deploy/.ssh/authorized_keys");
		assertThat(gotIn()).isTrue();
		assertThat(planted.diagnose()).contains("sshd takes the key");
	}

	private Case granted() {
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(this.key);
		settled(grant(person, node, "deploy", null));
		return new Case(node, person);
	}

	/** Somebody who may log in to a node as deploy. */
	private final class Case {

		private final Node node;

		private final String person;

		Case(Node node, String person) {
			this.node = node;
			this.person = person;
		}

		String diagnose() {
			return look().answer();
		}

		Diagnosis look() {
			return DoctorSentencesSshdTests.this.doctor.diagnose(this.node.name(), "deploy", this.person);
		}

		String expected(String sentence) {
			return sentence.replace("PERSON", this.person)
				.replace("NODE", this.node.name())
				.replace("FINGERPRINT", DoctorSentencesSshdTests.this.key.fingerprint())
				.replace("VERSION", version());
		}

	}

	private String version() {
		return sshd().runInside("sh", "-c", "ssh -V 2>&1").output().split("[ ,]")[0];
	}

	private void configure(String lines) {
		sshd().configure("-".equals(lines) ? new String[0] : lines.split("\\\\n"));
		sshd().restart();
	}

	private boolean gotIn() {
		return ssh().run("deploy", this.key.privateKey(), "echo got in").output().contains("got in");
	}

	private void inside(String script) {
		sshd().runInside("sh", "-c", script + "\n:");
	}

}
