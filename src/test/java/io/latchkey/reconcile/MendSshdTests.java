package io.latchkey.reconcile;

import java.util.Arrays;
import java.util.List;

import io.latchkey.ApplicationTest;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.protocol.Lines;
import io.latchkey.diagnosis.Diagnosis;
import io.latchkey.diagnosis.Doctor;
import io.latchkey.diagnosis.Mend;
import io.latchkey.diagnosis.MendOutcome;
import io.latchkey.diagnosis.MendOutdatedException;
import io.latchkey.diagnosis.MendPlan;
import io.latchkey.diagnosis.MendReservedException;
import io.latchkey.diagnosis.MendStep;
import io.latchkey.diagnosis.Mends;
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
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * What keeps people out is planted on a real node: found, mended so that sshd lets in,
 * and undone so that all is as it was.
 */
class MendSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private Doctor doctor;

	@Autowired
	private Mends mends;

	@Autowired
	private MockMvc api;

	private final SshKeyPair key = SshKeys.generate();

	private String person = "";

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void putRight() {
		SecurityContextHolder.clearContext();
		forgetTheNodes();
		sshd().configure();
		sshd().restart();
		inside("""
				rm -rf /home/deploy/* /home/deploy/.[!.]* /root/.ssh /mnt/keys; setfacl -b /home/deploy 2>/dev/null
				chown deploy: /home/deploy; chmod 750 /home/deploy""");
	}

	/** What is done on the node, what is found, and what Latchkey does about it. */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					chmod g+w /home/deploy; chgrp 0 /home/deploy          | /home/deploy is writable by its group | MODE
					chmod o+w /home/deploy/.ssh                           | is writable by everybody | MODE
					chmod 666 /home/deploy/.ssh/authorized_keys           | is writable by everybody | MODE
					chown root:root /home/deploy; chmod 775 /home/deploy  | /home/deploy is writable by its group | MODE
					chown alice /home/deploy; chmod 755 /home/deploy      | is owned by somebody else | OWNER
					chown -R alice /home/deploy/.ssh; chmod -R a+rX /home/deploy/.ssh | is owned by somebody else | OWN
					chown alice /home/deploy/.ssh/authorized_keys; chmod 644 /home/deploy/.ssh/authorized_keys | is owned by somebody else | OWN
					chown -R root: /home/deploy/.ssh; chmod 600 /home/deploy/.ssh/authorized_keys | with the rights of deploy, who may not | OWN
					chown root: /home/deploy/.ssh/authorized_keys; chmod 600 /home/deploy/.ssh/authorized_keys | with the rights of deploy, who may not | ASIDE
					chmod 000 /home/deploy/.ssh/authorized_keys           | with the rights of deploy, who may not | MODE
					cd /home/deploy/.ssh; mv authorized_keys authorised_keys        | does not read /home/deploy/.ssh/authorised_keys | CONTENT CONTENT
					cd /home/deploy/.ssh; mv authorized_keys authorized_keys.txt; chmod 644 authorized_keys.txt | does not read | CONTENT CONTENT
					cd /home/deploy/.ssh; mv authorized_keys authorized_keys2       | does not read | CONTENT CONTENT
					cd /home/deploy; mv .ssh/authorized_keys .            | does not read /home/deploy/authorized_keys | CONTENT CONTENT
					cd /home/deploy; mv .ssh x; mkdir .ssh; chmod 700 .ssh; mv x .ssh/.ssh; chown -R deploy: .ssh | does not read /home/deploy/.ssh/.ssh/authorized_keys | CONTENT CONTENT
					cd /home/deploy; rm -r .ssh; echo mine >.ssh; chown deploy: .ssh | because /home/deploy/.ssh is not a folder | ASIDE
					cd /home/deploy/.ssh; rm authorized_keys; mkdir authorized_keys; echo mine >authorized_keys/x; chown -R deploy: . | is not a file | ASIDE
					sed -i '1s/^/\\xef\\xbb\\xbf/' /home/deploy/.ssh/authorized_keys | a byte order mark | CONTENT
					cd /home/deploy/.ssh; iconv -t UTF-16 authorized_keys >x; cat x >authorized_keys; rm x | a byte order mark | CONTENT
					sed -i '1s/ AAAA/ AAAA\\n/' /home/deploy/.ssh/authorized_keys | wrapped over several lines | CONTENT
					ssh-keygen -e -f KEY.pub >/mnt/keys; cat /mnt/keys >/home/deploy/.ssh/authorized_keys | a key in the format of RFC 4716 | CONTENT
					puttygen KEY -O private -o /mnt/keys --new-passphrase /dev/null; sed -n '/^Private-Lines/q; p' /mnt/keys >/home/deploy/.ssh/authorized_keys | a key in the format of PuTTY | CONTENT
					""")
	void isFoundMendedAndUndone(String plant, String answer, String kinds) {
		Node node = nodeWithTheKey();
		inside(plant.replace("KEY", this.key.privateKey().toString()));
		String planted = state();
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains(answer);
		assertThat(letsIn()).isFalse();
		MendPlan plan = diagnosis.mends().get(0);
		assertThat(plan.steps()).extracting((step) -> step.kind().name()).containsExactly(kinds.split(" "));
		MendOutcome mended = asAdmin(() -> this.mends.apply(node.name(), "deploy", this.person, plan.digest()));
		assertThat(mended.mend().state()).isEqualTo(Mend.State.MENDED);
		assertThat(mended.diagnosis().isExplained()).as(mended.diagnosis().answer()).isFalse();
		assertThat(letsIn()).isTrue();
		MendOutcome undone = asAdmin(() -> this.mends.undo(node.name(), mended.mend().id()));
		assertThat(undone.mend().state()).isEqualTo(Mend.State.UNDONE);
		assertThat(state()).isEqualTo(planted);
		assertThat(letsIn()).isFalse();
		assertThat(undone.diagnosis().answer()).isEqualTo(diagnosis.answer());
	}

	/** Who may read by it goes on to, and what new files get is left alone. */
	@Test
	@RequiresProgram("setfacl")
	void takesTheRightToWriteOffAnAclAndGivesItBack() {
		Node node = nodeWithTheKey();
		inside("chgrp alice /home/deploy; setfacl -m u:alice:rwx,g:alice:r-x,d:u:alice:rwx /home/deploy");
		String planted = acl();
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("because an ACL on /home/deploy gives others the right to write");
		assertThat(letsIn()).isFalse();
		MendPlan plan = diagnosis.mends().get(0);
		assertThat(plan.steps()).extracting(MendStep::kind).containsExactly(MendStep.Kind.ACL);
		MendOutcome mended = this.mends.apply(node.name(), "deploy", this.person, plan.digest());
		assertThat(mended.diagnosis().isExplained()).as(mended.diagnosis().answer()).isFalse();
		assertThat(letsIn()).isTrue();
		assertThat(acl()).contains("user:alice:r-x", "group:alice:r-x", "default:user:alice:rwx");
		this.mends.undo(node.name(), mended.mend().id());
		assertThat(acl()).isEqualTo(planted);
		assertThat(letsIn()).isFalse();
		assertThatExceptionOfType(MendOutdatedException.class)
			.isThrownBy(() -> this.mends.undo(node.name(), mended.mend().id()));
	}

	private String acl() {
		return sshd().runInside("getfacl", "-cp", "/home/deploy").output();
	}

	/** The next run would do the same, and does it again when it is undone. */
	@Test
	void putsTheGrantedLineBeforeTheOneThatDecides() {
		Node node = nodeWithTheKey();
		String granted = file("deploy");
		String first = "command=\"/bin/false\" " + this.key.publicKey();
		sshd().authorize("deploy", first, granted.strip());
		assertThat(gotIn()).isFalse();
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("comes before line 2, which is granted");
		MendPlan plan = diagnosis.mends().get(0);
		assertThat(plan.steps()).extracting(MendStep::kind).containsExactly(MendStep.Kind.CONTENT);
		MendOutcome mended = this.mends.apply(node.name(), "deploy", this.person, plan.digest());
		assertThat(mended.diagnosis().isExplained()).as(mended.diagnosis().answer()).isFalse();
		assertThat(file("deploy")).isEqualTo(granted + first + "\n");
		assertThat(gotIn()).isTrue();
		MendOutcome undone = this.mends.undo(node.name(), mended.mend().id());
		assertThat(file("deploy")).isEqualTo(first + "\n" + granted);
		assertThat(undone.diagnosis().answer()).isEqualTo(diagnosis.answer());
	}

	@Test
	void offersNothingWhereAPrivateKeyStandsInTheFile() {
		Node node = nodeWithTheKey();
		inside("puttygen %s -O private -o /mnt/keys --new-passphrase /dev/null; cat /mnt/keys >/home/deploy/.ssh/authorized_keys"
			.formatted(this.key.privateKey()));
		Diagnosis diagnosis = diagnose(node);
		assertThat(diagnosis.answer()).contains("begins a private key in the format of PuTTY");
		assertThat(diagnosis.mends()).isEmpty();
	}

	@Test
	void twoAtOnceAreToldThatTheSecondIsOutdated() throws Exception {
		Node node = nodeWithTheKey();
		inside("chmod o+w /home/deploy");
		String digest = diagnose(node).mends().get(0).digest();
		MendOutcome first = this.mends.apply(node.name(), "deploy", this.person, digest);
		assertThatExceptionOfType(MendOutdatedException.class)
			.isThrownBy(() -> this.mends.apply(node.name(), "deploy", this.person, digest));
		this.api
			.perform(post("/api/v1/nodes/{name}/diagnosis/mends", node.name())
				.header("Authorization", "Bearer " + ApplicationTest.TOKEN)
				.contentType(MediaType.APPLICATION_JSON)
				.content("{\"account\": \"deploy\", \"digest\": \"%s\"}".formatted(digest)))
			.andExpect(status().isConflict())
			.andExpect(jsonPath("$.type").value("/problems/mend-outdated"));
		this.mends.undo(node.name(), first.mend().id());
		assertThatExceptionOfType(MendOutdatedException.class)
			.isThrownBy(() -> this.mends.undo(node.name(), first.mend().id()));
		assertThat(this.mends.of(node.id())).extracting(Mend::state).containsExactly(Mend.State.UNDONE);
	}

	@Test
	void undoesNothingThatSomebodyHasChangedMeanwhile() {
		Node node = nodeWithTheKey();
		inside("cd /home/deploy/.ssh; mv authorized_keys authorised_keys");
		MendOutcome mended = mendTheFirst(node);
		inside("echo '# mine' >>/home/deploy/.ssh/authorized_keys");
		String changed = state();
		assertThatExceptionOfType(MendOutdatedException.class)
			.isThrownBy(() -> this.mends.undo(node.name(), mended.mend().id()));
		assertThat(state()).isEqualTo(changed);
		assertThat(letsIn()).isTrue();
	}

	@Test
	void givesNothingBackWhereSomebodyHasPutMoreMeanwhile() {
		Node node = nodeWithTheKey();
		inside("cd /home/deploy; rm -r .ssh; echo mine >.ssh; chown deploy: .ssh");
		MendOutcome mended = mendTheFirst(node);
		inside("echo more >/home/deploy/.ssh/config");
		String changed = state();
		assertThatExceptionOfType(MendOutdatedException.class)
			.isThrownBy(() -> this.mends.undo(node.name(), mended.mend().id()));
		assertThat(state()).isEqualTo(changed);
	}

	/**
	 * Lines of others stay where they are, and what was granted besides comes by itself.
	 */
	@Test
	void movesTheLinesOfOneAloneAndUndoesThatBesideWhatWasGranted() {
		Node node = nodeWithTheKey();
		SshKeyPair other = SshKeys.generate();
		String another = identityWith(SshKeys.generate());
		inside("cd /home/deploy/.ssh; mv authorized_keys authorised_keys; echo '%s' >>authorised_keys"
			.formatted(other.publicKey()));
		MendOutcome mended = mendTheFirst(node);
		assertThat(mended.mend().steps()).hasSize(1);
		assertThat(file("deploy")).doesNotContain(other.publicKey().split(" ")[1]);
		assertThat(letsIn()).isTrue();
		assertThat(another).isNotEmpty();
	}

	@Test
	void whatRootDoesTakesAnAdmin() {
		Node node = nodeWithTheKey();
		inside("chown alice /home/deploy; chmod 755 /home/deploy");
		MendPlan plan = diagnose(node).mends().get(0);
		assertThat(plan.asRoot()).isTrue();
		assertThatExceptionOfType(MendReservedException.class)
			.isThrownBy(() -> this.mends.apply(node.name(), "deploy", this.person, plan.digest()));
		assertThat(this.mends.of(node.id())).isEmpty();
		assertThat(letsIn()).isFalse();
	}

	/** Nothing is done by root along a way that the account can turn elsewhere. */
	@Test
	void followsNoLinkOfTheAccounts() {
		Node node = nodeWithTheKey();
		inside("""
				mkdir -p /mnt/keys; echo secret >/mnt/keys/x; chmod 666 /mnt/keys/x; chmod 777 /mnt/keys
				mv /home/deploy/.ssh /home/deploy/old; ln -s /mnt/keys /home/deploy/.ssh""");
		for (MendPlan plan : diagnose(node).mends()) {
			try {
				asAdmin(() -> this.mends.apply(node.name(), "deploy", this.person, plan.digest()));
			}
			catch (RuntimeException ex) {
				assertThat(ex.getMessage()).isNotBlank();
			}
		}
		assertThat(sshd().runInside("stat", "-c", "%a %u", "/mnt/keys/x", "/mnt/keys").output())
			.isEqualTo("666 0\n777 0\n");
	}

	@Test
	void offersNothingWhereLatchkeyOnlyObserves() {
		Node node = nodeWithTheKey();
		switchTo(node, Mode.OBSERVE);
		inside("chmod o+w /home/deploy");
		assertThat(diagnose(node).mends()).isEmpty();
	}

	@Test
	void keepsNothingOfAPrivateKey() throws Exception {
		Node node = nodeWithTheKey();
		String secret = java.nio.file.Files.readString(this.key.privateKey());
		inside("cd /home/deploy/.ssh; mv authorized_keys authorised_keys");
		java.nio.file.Files.writeString(sshd().home("deploy").resolve(".ssh/authorised_keys"), secret,
				java.nio.file.StandardOpenOption.APPEND);
		assertThat(diagnose(node).mends()).isEmpty();
	}

	/** It is moved only on trial: it is by this that Latchkey comes in. */
	@Test
	void mendsTheLinesOfItsOwnAccountOnTrial() {
		Node node = nodeWithTheKey();
		settled(grant(this.person, node, "root", null));
		String line = Arrays.stream(file("root").split("\n"))
			.filter((each) -> each.contains(this.key.publicKey().split(" ")[1]))
			.findFirst()
			.orElseThrow();
		sshd().authorize("root",
				java.util.stream.Stream
					.concat(Arrays.stream(file("root").split("\n")).filter((each) -> !each.equals(line)),
							java.util.stream.Stream.of(line.split(" AAAA")[0] + " AAAA", line.split(" AAAA")[1]))
					.toArray(String[]::new));
		Diagnosis diagnosis = this.doctor.diagnose(node.name(), "root", this.person);
		assertThat(diagnosis.answer()).contains("wrapped over several lines");
		MendOutcome mended = this.mends.apply(node.name(), "root", this.person, diagnosis.mends().get(0).digest());
		assertThat(mended.mend().state()).isEqualTo(Mend.State.MENDED);
		assertThat(ssh().letsIn("root", this.key.privateKey())).isTrue();
	}

	/**
	 * Where there is no SELinux, its tools are played by scripts that say and do what the
	 * real ones do.
	 */
	@Test
	void putsALabelRightAndBack() {
		Node node = nodeWithTheKey();
		inside("""
				mount -t tmpfs tmpfs /sys/fs; mkdir /sys/fs/selinux; echo 1 >/sys/fs/selinux/enforce
				mount -t tmpfs -o mode=755 tmpfs /usr/local/sbin; cd /usr/local/sbin
				mkdir labels; chmod 777 labels
				cat >restorecon <<'END'
				#!/bin/sh
				dry=; for word; do case $word in -n) dry=yes;; -*) ;; *)
				  name=/usr/local/sbin/labels/$(printf %s "$word" | tr / _)
				  case $word in /home/deploy/.ssh/authorized_keys)
				    if [ "$(cat "$name" 2>/dev/null)" = bad:o:t:s0 ]; then
				      if [ -n "$dry" ]; then echo "Would relabel $word from bad:o:t:s0 to good:o:t:s0"
				      else echo good:o:t:s0 >"$name"; fi
				    fi;; esac;; esac; done
				END
				cat >chcon <<'END'
				#!/bin/sh
				echo "$1" >/usr/local/sbin/labels/$(printf %s "$2" | tr / _)
				END
				cat >stat <<'END'
				#!/bin/sh
				if [ "$2" = %C ]; then cat /usr/local/sbin/labels/$(printf %s "$3" | tr / _); else exec /usr/bin/stat "$@"; fi
				END
				chmod 755 restorecon chcon stat; cd labels
				echo bad:o:t:s0 >_home_deploy_.ssh_authorized_keys; chmod 666 _*""");
		try {
			Diagnosis diagnosis = diagnose(node);
			assertThat(diagnosis.answer()).contains("wrong label");
			MendPlan plan = diagnosis.mends().get(0);
			assertThat(plan.steps()).extracting(MendStep::kind).containsExactly(MendStep.Kind.LABEL);
			MendOutcome mended = this.mends.apply(node.name(), "deploy", this.person, plan.digest());
			assertThat(mended.diagnosis().isExplained()).isFalse();
			assertThat(label()).isEqualTo("good:o:t:s0\n");
			this.mends.undo(node.name(), mended.mend().id());
			assertThat(label()).isEqualTo("bad:o:t:s0\n");
		}
		finally {
			inside("umount /usr/local/sbin /sys/fs");
		}
	}

	private String label() {
		return sshd().runInside("cat", "/usr/local/sbin/labels/_home_deploy_.ssh_authorized_keys").output();
	}

	private MendOutcome mendTheFirst(Node node) {
		return this.mends.apply(node.name(), "deploy", this.person, diagnose(node).mends().get(0).digest());
	}

	private static <T> T asAdmin(java.util.function.Supplier<T> work) {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("root", "",
					List.of(new org.springframework.security.core.authority.SimpleGrantedAuthority("ROLE_ADMIN"))));
		try {
			return work.get();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	/** All that is in the home: names, modes, owners and contents. */
	private String state() {
		return sshd().runInside("sh", "-c", """
				cd /home; find deploy -name '.latchkey-*' -prune -o -printf '%p %M %U %l\\n' | sort
				find deploy -name '.latchkey-*' -prune -o -type f -exec sha256sum {} + | sort""").output();
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

	private boolean gotIn() {
		return ssh().run("deploy", this.key.privateKey(), "echo got in").output().contains("got in");
	}

	private boolean letsIn() {
		return ssh().letsIn("deploy", this.key.privateKey());
	}

	private void inside(String script) {
		sshd().runInside("sh", "-c", script + "\n:");
	}

}
