package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.latchkey.RequiresProgram;
import io.latchkey.core.InvalidInputException;
import io.latchkey.diagnosis.ClientDiagnosis;
import io.latchkey.diagnosis.ClientDiagnosis.Standing;
import io.latchkey.diagnosis.ClientDoctor;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.sshd.ProgramRun;
import io.latchkey.sshd.SshAgent;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the real clients say of logins that fail at a real node, and what the doctor makes
 * of it without asking the node.
 */
class ClientLogSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	@Autowired
	private ClientDoctor doctor;

	@TempDir
	private Path folder;

	private final SshKeyPair key = SshKeys.generate();

	private Path knownHosts = Path.of("/");

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@AfterEach
	void putRight() {
		forgetTheNodes();
		sshd().configure();
		sshd().restart();
		sshd().runInside("sh", "-c", "rm -rf /home/deploy/.ssh /home/alice/.ssh /root/.ssh; chmod 750 /home/deploy; :");
	}

	@Test
	void saysWhoseTheKeysAreAndWhatLatchkeyHas() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		String person = identityWith(this.key);
		settled(grant(person, node, "deploy", null));
		ClientDiagnosis right = said(ssh("deploy", "-i", this.key.privateKey().toString()));
		assertThat(right.authenticated()).isTrue();
		assertThat(right.answer()).contains("The login worked");
		assertThat(right.node()).isEqualTo(node.name());
		assertThat(right.keys()).singleElement().satisfies((key) -> {
			assertThat(key.identity()).isEqualTo(person);
			assertThat(key.standing()).isEqualTo(Standing.IN_PLACE);
			assertThat(key.answer()).isEqualTo(ClientDiagnosis.Answer.ACCEPTED);
		});
		// another account
		ClientDiagnosis other = said(ssh("alice", "-i", this.key.privateKey().toString()));
		assertThat(other.answer()).contains("asked to be let in as alice").contains("for deploy");
		assertThat(other.keys().get(0).standing()).isEqualTo(Standing.OTHER_ACCOUNT);
		// a key that nobody has
		ClientDiagnosis unknown = said(ssh("deploy", "-i", SshKeys.generate().privateKey().toString()));
		assertThat(unknown.answer()).contains("Latchkey knows none of them");
		// the node's own fault
		sshd().runInside("chmod", "o+w", "/home/deploy");
		ClientDiagnosis refused = said(ssh("deploy", "-i", this.key.privateKey().toString()));
		assertThat(refused.answer()).contains("has it in place there").contains(person);
		// somebody to whom nothing is granted
		SshKeyPair strange = SshKeys.generate();
		String stranger = identityWith(strange);
		assertThat(said(ssh("deploy", "-i", strange.privateKey().toString())).answer())
			.contains("is %s’s, and nothing is granted".formatted(stranger));
	}

	@Test
	void namesWhatIsWrongWithTheFileOfTheKey() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		settled(grant(identityWith(this.key), node, "deploy", null));
		Path open = copy("open");
		Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
		assertThat(said(ssh("deploy", "-i", open.toString())).answer()).contains("others can read its file (0644)")
			.contains(open.toString());
		Path carried = copy("carried");
		Files.writeString(carried, Files.readString(carried).replace("\n", "\r\n"));
		assertThat(said(ssh("deploy", "-i", carried.toString())).answer()).contains("cannot read the private key");
		assertThat(said(ssh("deploy", "-i", this.folder.resolve("none").toString())).answer()).contains("is not there");
		Path locked = copy("locked");
		ProgramRun.of("ssh-keygen", "-q", "-p", "-P", "", "-N", "a passphrase", "-f", locked.toString()).orThrow();
		assertThat(said(ssh("deploy", "-i", locked.toString())).answer()).contains("did not sign with it");
	}

	@Test
	void saysThatAnAgentOffersTooMany() throws Exception {
		enrolledNode(Mode.ADDITIVE);
		SshKeyPair[] keys = Stream.generate(SshKeys::generate).limit(7).toArray(SshKeyPair[]::new);
		try (SshAgent agent = SshAgent.named("many").start(keys)) {
			ClientDiagnosis many = said(
					ProgramRun.of(line("deploy"), Map.of("SSH_AUTH_SOCK", agent.socket().toString())));
			assertThat(many.answer()).contains("offered 6 keys").contains("too many authentication failures");
			assertThat(many.keys()).hasSize(6);
		}
	}

	@Test
	void knowsTheHostKeyThatIsPinned() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		Files.writeString(this.folder.resolve("known_hosts"),
				"[%s]:%d %s\n".formatted(sshd().address(), sshd().port(), SshKeys.generate().publicKey()));
		this.knownHosts = this.folder.resolve("known_hosts");
		ClientDiagnosis changed = said(ssh("deploy", "-i", this.key.privateKey().toString()));
		assertThat(changed.answer()).contains("by an old key").contains(node.name());
		assertThat(changed.findings().get(0).remedy())
			.contains("ssh-keygen -R '[%s]:%d'".formatted(sshd().address(), sshd().port()));
		this.knownHosts = Path.of("/dev/null");
		assertThat(said(ssh("deploy", "-i", this.key.privateKey().toString())).answer())
			.contains("is the one that Latchkey has pinned");
		this.nodes.delete(node.name());
		assertThat(said(ssh("deploy", "-i", this.key.privateKey().toString())).node()).isNull();
	}

	@Test
	void namesWhatTheTwoHaveNotInCommon() throws IOException {
		enrolledNode(Mode.ADDITIVE);
		assertThat(said(ssh("deploy", "-o", "KexAlgorithms=diffie-hellman-group1-sha1")).answer())
			.contains("no key exchange in common");
		assertThat(said(ssh("deploy", "-o", "Ciphers=3des-cbc")).answer()).contains("no cipher or MAC in common");
		assertThat(said(ssh("deploy", "-o", "HostKeyAlgorithms=ssh-dss")).answer()).contains("kinds of host key");
		sshd().stop();
		try {
			assertThat(said(ssh("deploy")).answer()).contains("refused");
		}
		finally {
			sshd().start();
		}
	}

	@Test
	@RequiresProgram("plink")
	void readsWhatPuttySays() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		settled(grant(identityWith(this.key), node, "deploy", null));
		Path ppk = this.folder.resolve("key.ppk");
		ProgramRun.of("puttygen", this.key.privateKey().toString(), "-O", "private", "-o", ppk.toString()).orThrow();
		ClientDiagnosis right = said(plink("deploy", ppk));
		assertThat(right.authenticated()).isTrue();
		assertThat(right.client()).startsWith("PuTTY");
		assertThat(right.node()).isEqualTo(node.name());
		ClientDiagnosis wrong = said(plink("alice", ppk));
		assertThat(wrong.answer()).contains("does not say which they are");
		assertThat(wrong.keys()).singleElement().satisfies((key) -> {
			assertThat(key.name()).isEqualTo(ppk.toString());
			assertThat(key.answer()).isEqualTo(ClientDiagnosis.Answer.REFUSED);
		});
		assertThat(said(plink("deploy", this.key.privateKey())).answer()).contains("in the format of OpenSSH");
		assertThat(said(plink("deploy", this.folder.resolve("none.ppk"))).answer())
			.contains("cannot read the private key");
		assertThat(said(ssh("deploy", "-i", ppk.toString())).answer()).contains("in PuTTY’s format");
	}

	@Test
	void takesNoMoreTextThanItSays() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> this.doctor.diagnose("x".repeat(256 * 1024 + 1), null, null));
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.doctor.diagnose(" ", null, null));
		assertThat(this.doctor.diagnose("hello `rm -rf ~`", null, null).answer()).contains("Nothing in the text")
			.doesNotContain("rm -rf");
	}

	private ClientDiagnosis said(ProgramRun run) {
		return this.doctor.diagnose(run.errorOutput() + run.output(), null, null);
	}

	private ProgramRun ssh(String account, String... options) {
		return ProgramRun.of(line(account, options), Map.of("SSH_AUTH_SOCK", ""));
	}

	private List<String> line(String account, String... options) {
		List<String> line = new ArrayList<>(List.of("ssh", "-v", "-F", "none", "-o", "BatchMode=yes", "-o",
				"GlobalKnownHostsFile=/dev/null", "-p", Integer.toString(sshd().port())));
		if (this.knownHosts.equals(Path.of("/"))) {
			line.addAll(List.of("-o", "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=no"));
		}
		else {
			line.addAll(List.of("-o", "UserKnownHostsFile=" + this.knownHosts, "-o", "StrictHostKeyChecking=yes"));
		}
		line.addAll(List.of(options));
		line.add(account + "@" + sshd().address());
		line.add("true");
		return line;
	}

	private ProgramRun plink(String account, Path key) {
		return ProgramRun.of(List.of("plink", "-v", "-batch", "-ssh", "-P", Integer.toString(sshd().port()), "-hostkey",
				sshd().hostKeyFingerprints().get(0), "-i", key.toString(), account + "@" + sshd().address(), "true"),
				Map.of("SSH_AUTH_SOCK", "", "HOME", this.folder.toString()));
	}

	private Path copy(String name) throws IOException {
		Path copy = this.folder.resolve(name);
		Files.copy(this.key.privateKey(), copy);
		Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
		return copy;
	}

}
