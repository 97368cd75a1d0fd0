package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.Presence;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.conversation.protocol.NodeScript;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.InvalidKeyException;
import io.latchkey.openssh.PublicKeyText;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.FailureKind;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.ssh.TransportProperties;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@RequiresProgram("sshd")
class NodeConversationSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final String ALICE = "/home/alice/.ssh/authorized_keys";

	private static final byte[] CONTENT = "ssh-ed25519 AAAA alice\n".getBytes(StandardCharsets.UTF_8);

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, TestConnector.KEY.publicKey()));
	}

	@AfterEach
	void restore() {
		this.node.setShell("latchkey", "/bin/sh");
	}

	@Test
	void looksAtAllAccountsWithOneLogin() {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			Observation observation = conversation.ask(new ObserveFiles(List.of(new FileQuery("root"),
					new FileQuery("alice"), new FileQuery("nobodyknows"), new FileQuery("deploy", ".ssh/%u/keys"))));
			String hash = ContentHash.of((TestConnector.KEY.publicKey() + "\n").getBytes(StandardCharsets.UTF_8));
			assertThat(observation.accounts()).containsExactly(
					new ObservedFile("root", "/root/.ssh/authorized_keys", Presence.FILE, hash),
					new ObservedFile("alice", "/home/alice/.ssh/authorized_keys", Presence.FILE, hash),
					new ObservedFile("nobodyknows", null, Presence.NO_ACCOUNT, null),
					new ObservedFile("deploy", "/home/deploy/.ssh/deploy/keys", Presence.ABSENT, null));
			assertThat(observation.facts().uid()).isZero();
			assertThat(observation.facts().clockOffset().abs()).isLessThan(Patience.of(Duration.ofSeconds(2)));
			assertThat(observation.facts().sshVersion()).startsWith("OpenSSH_").isEqualTo(conversation.sshVersion());
		}
	}

	@Test
	void readsAndWritesWithTheAccountsRights() throws IOException {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			byte[] content = conversation.ask(new ReadFile("alice", path(alice)));
			assertThat(content).asString().isEqualTo(TestConnector.KEY.publicKey() + "\n");
			assertThat(ContentHash.of(content)).isEqualTo(alice.hash());
			assertThat(conversation.ask(new WriteFile("alice", ALICE, alice.hash(), CONTENT)))
				.isEqualTo(new WriteResult.Written(ContentHash.of(CONTENT)));
			Path file = this.node.authorizedKeys("alice");
			assertThat(file).hasBinaryContent(CONTENT);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(uidOf("alice"));
			assertThat(observe(conversation, "alice").hash()).isEqualTo(ContentHash.of(CONTENT));
		}
	}

	@Test
	void makesTheFolderOfAFirstFile() throws IOException {
		Path file = this.node.authorizedKeys("deploy");
		Files.delete(file);
		Files.delete(file.getParent());
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			assertThat(observe(conversation, "deploy").presence()).isEqualTo(Presence.ABSENT);
			assertThat(conversation.ask(new WriteFile("deploy", "/home/deploy/.ssh/authorized_keys", null, CONTENT)))
				.isInstanceOf(WriteResult.Written.class);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
				.isEqualTo("rwx------");
			assertThat(Files.getAttribute(file.getParent(), "unix:uid")).isEqualTo(uidOf("deploy"));
		}
	}

	@Test
	void overwritesNoChangeThatItHasNotSeen() {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			this.node.authorize("alice", "another");
			String now = ContentHash.of("another\n".getBytes(StandardCharsets.UTF_8));
			assertThat(conversation.ask(new WriteFile("alice", ALICE, alice.hash(), CONTENT)))
				.isEqualTo(new WriteResult.Changed(now));
			assertThat(conversation.ask(new WriteFile("alice", ALICE, null, CONTENT)))
				.isEqualTo(new WriteResult.Changed(now));
			assertThat(this.node.authorizedKeys("alice")).hasContent("another");
			assertThat(conversation.ask(new WriteFile("alice", ALICE, now, CONTENT)))
				.isInstanceOf(WriteResult.Written.class);
		}
	}

	@Test
	void carriesAnyBytes() {
		byte[] bytes = new byte[2 * 1024 * 1024 + 17];
		new Random(42).nextBytes(bytes);
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThat(conversation.ask(new WriteFile("alice", ALICE, alice.hash(), bytes)))
				.isInstanceOf(WriteResult.Written.class);
			assertThat(conversation.ask(new ReadFile("alice", path(alice)))).isEqualTo(bytes);
			assertThat(conversation.ask(new WriteFile("alice", ALICE, ContentHash.of(bytes), new byte[0])))
				.isInstanceOf(WriteResult.Written.class);
			assertThat(conversation.ask(new ReadFile("alice", path(alice)))).isEmpty();
		}
	}

	@Test
	void sendsNothingTooLarge() {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThat(conversation
				.ask(new WriteFile("alice", ALICE, alice.hash(), new byte[NodeScript.CONTENT_LIMIT + 1])))
				.isEqualTo(new WriteResult.Failed("too-large", "8388609 bytes"));
		}
	}

	@Test
	void neverFollowsALinkThatAnAccountPlanted() throws IOException {
		Path file = this.node.authorizedKeys("alice");
		Files.delete(file);
		Files.createSymbolicLink(file, Path.of("/etc/shadow"));
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThat(alice.presence()).isEqualTo(Presence.SYMLINK);
			assertThat(alice.hash()).isNull();
			assertThatExceptionOfType(NodeException.FileUnreadable.class)
				.isThrownBy(() -> conversation.ask(new ReadFile("alice", path(alice))))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo("symlink"));
			assertThat(conversation.ask(new WriteFile("alice", ALICE, null, CONTENT))).asInstanceOf(FAILED)
				.extracting(WriteResult.Failed::code)
				.isEqualTo("symlink");
		}
		finally {
			Files.delete(file);
		}
	}

	@Test
	void readsNoFolderOfOthersThroughALinkedFolder() throws IOException {
		Path folder = this.node.authorizedKeys("alice").getParent();
		Files.delete(this.node.authorizedKeys("alice"));
		Files.delete(folder);
		Files.createSymbolicLink(folder, Path.of("/root/.ssh"));
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThatExceptionOfType(NodeException.FileUnreadable.class)
				.isThrownBy(() -> conversation.ask(new ReadFile("alice", path(alice))));
			assertThat(conversation.ask(new WriteFile("alice", ALICE, alice.hash(), CONTENT)))
				.isInstanceOf(WriteResult.Failed.class);
			assertThat(this.node.authorizedKeys("root")).hasContent(TestConnector.KEY.publicKey());
		}
		finally {
			Files.delete(folder);
		}
	}

	@Test
	void leavesTheOldFileWhenTheDiskIsFull() {
		this.node.runInside("mount", "-t", "tmpfs", "-o", "size=16k,mode=755,uid=" + uidOf("alice"), "tmpfs",
				"/home/alice");
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThat(conversation.ask(new WriteFile("alice", ALICE, alice.hash(), CONTENT)))
				.isInstanceOf(WriteResult.Written.class);
			assertThat(conversation.ask(new WriteFile("alice", ALICE, ContentHash.of(CONTENT), new byte[64 * 1024])))
				.asInstanceOf(FAILED)
				.extracting(WriteResult.Failed::code)
				.isEqualTo("no-space");
			assertThat(conversation.ask(new ReadFile("alice", path(alice)))).isEqualTo(CONTENT);
			assertThat(this.node.runInside("ls", "-A", "/home/alice/.ssh").output().lines())
				.containsExactly("authorized_keys");
		}
		finally {
			this.node.restart();
		}
	}

	@Test
	void saysThatAHomeIsReadOnly() {
		this.node.runInside("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", "/home/alice");
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThat(alice.presence()).isEqualTo(Presence.ABSENT);
			assertThat(conversation.ask(new WriteFile("alice", ALICE, null, CONTENT))).asInstanceOf(FAILED)
				.extracting(WriteResult.Failed::code)
				.isEqualTo("read-only");
		}
		finally {
			this.node.restart();
		}
	}

	@Test
	void touchesOnlyItsOwnFileWithoutRoot() {
		try (NodeConversation conversation = connect("alice", Privilege.SELF)) {
			List<ObservedFile> accounts = conversation
				.ask(new ObserveFiles(List.of(new FileQuery("root"), new FileQuery("alice"))))
				.accounts();
			assertThat(accounts.get(0)).isEqualTo(new ObservedFile("root", null, Presence.UNREADABLE, null));
			assertThat(accounts.get(1).path()).isEqualTo("/home/alice/.ssh/authorized_keys");
			assertThat(conversation.ask(new WriteFile("alice", ALICE, accounts.get(1).hash(), CONTENT)))
				.isInstanceOf(WriteResult.Written.class);
			assertThat(conversation.ask(new ReadFile("alice", path(accounts.get(1))))).isEqualTo(CONTENT);
			assertThatIllegalStateException()
				.isThrownBy(() -> conversation.ask(new WriteFile("root", "/root/.ssh/authorized_keys", null, CONTENT)));
		}
	}

	@Test
	void saysThatALoginIsNotRoot() {
		try (NodeConversation conversation = connect("alice", Privilege.ROOT)) {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
				.returns(FailureKind.NOT_ROOT, NodeException::kind)
				.withMessageContaining("uid " + uidOf("alice"));
		}
	}

	@Test
	@RequiresProgram("sudo")
	void becomesRootBySudo() {
		try (NodeConversation conversation = connect("latchkey", Privilege.SUDO)) {
			ObservedFile alice = observe(conversation, "alice");
			assertThat(conversation.ask(new WriteFile("alice", ALICE, alice.hash(), CONTENT)))
				.isInstanceOf(WriteResult.Written.class);
		}
	}

	@Test
	@RequiresProgram("sudo")
	void saysThatSudoWantsAPassword() {
		try (NodeConversation conversation = connect("alice", Privilege.SUDO)) {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
				.returns(FailureKind.SUDO_PASSWORD, NodeException::kind)
				.withMessageContaining("sudo");
		}
	}

	@Test
	void saysThatAnAccountHasNoShell() {
		this.node.setShell("latchkey", "/usr/sbin/nologin");
		try (NodeConversation conversation = connect("latchkey", Privilege.SELF)) {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
				.returns(FailureKind.NO_SHELL, NodeException::kind)
				.withMessageContaining("not available");
			assertThatIllegalStateException().isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())));
		}
	}

	@Test
	void saysThatThePasswordMustBeChanged() {
		this.node.setPasswordChangedOn("alice", 0);
		try (NodeConversation conversation = this.connector.connect(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)),
				new Login("alice", Privilege.SELF, new Secret.Password(this.node.password().toCharArray())))) {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
				.returns(FailureKind.PASSWORD_EXPIRED, NodeException::kind)
				.withMessageContaining("alice must change its password");
		}
		finally {
			this.node.setPasswordChangedOn("alice", 20_000);
		}
	}

	@Test
	void putsUpWithALoginShellThatPrints() throws IOException {
		Path shell = this.node.home("latchkey").resolve("shell");
		Files.writeString(shell, "#!/bin/sh\necho Welcome\necho Have a nice day\nexec /bin/sh \"$@\"\n");
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/shell");
		try (NodeConversation conversation = connect("latchkey", Privilege.SELF)) {
			assertThat(observe(conversation, "latchkey").presence()).isEqualTo(Presence.FILE);
		}
	}

	@Test
	void endsAConversationThatPrintsWithoutEnd() throws IOException {
		for (String endless : List.of("yes", "tr '\\0' x </dev/zero")) {
			Path shell = this.node.home("latchkey").resolve("endless");
			Files.writeString(shell, "#!/bin/sh\nexec sh -c \"%s\"\n".formatted(endless));
			this.node.own("latchkey", shell, "rwxr-xr-x");
			this.node.setShell("latchkey", "/home/latchkey/endless");
			try (NodeConversation conversation = connect("latchkey", Privilege.SELF)) {
				assertThatExceptionOfType(NodeException.class)
					.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
					.returns(FailureKind.SHELL_NOISE, NodeException::kind);
			}
		}
	}

	@Test
	void endsAnAnswerThatHasNoEnd() throws IOException {
		Path shell = this.node.home("latchkey").resolve("endless");
		Files.writeString(shell, """
				#!/bin/sh
				echo "latchkey-node 1 0 $(date +%s).5 +0000 sha256sum none"
				exec yes 'config - /etc/ssh/sshd_config'
				""");
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/endless");
		try (NodeConversation conversation = connect("latchkey", Privilege.SELF)) {
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
				.returns(FailureKind.ANSWER_UNREADABLE, NodeException::kind)
				.withMessageContaining("an answer of at most 10000 lines was expected");
		}
	}

	@Test
	void waitsForNoAnswerBeyondTheDeadline() throws IOException {
		Path shell = this.node.home("latchkey").resolve("mute");
		Files.writeString(shell, "#!/bin/sh\nexec sleep 60\n");
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/mute");
		TestConnector impatient = TestConnector.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)),
				Patience.of(Duration.ofSeconds(10)), Duration.ofMillis(500), Patience.of(Duration.ofSeconds(60))));
		try (NodeConversation conversation = impatient.connect(endpoint(),
				new Login("latchkey", Privilege.SELF, new Secret.ManagementKey()))) {
			assertThatExceptionOfType(NodeException.TimedOut.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of())))
				.withMessageContaining("did not answer within 500 ms");
		}
	}

	@Test
	void saysThatTheNodeWentAway() {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			conversation.ask(new ObserveFiles(List.of()));
			this.node.stop();
			assertThatExceptionOfType(NodeException.class)
				.isThrownBy(() -> conversation.ask(new ObserveFiles(List.of(new FileQuery("alice")))))
				.returns(FailureKind.DISCONNECTED, NodeException::kind);
		}
		finally {
			this.node.start();
		}
	}

	@Test
	void speaksTheSameWithEveryShellOfTheAccount() {
		for (String shell : List.of("/bin/dash", "/bin/bash", "/usr/bin/fish", "/bin/csh", "/usr/bin/zsh")) {
			if (Files.isExecutable(Path.of(shell))) {
				this.node.setShell("latchkey", shell);
				try (NodeConversation conversation = connect("latchkey", Privilege.SELF)) {
					assertThat(observe(conversation, "latchkey").presence()).as(shell).isEqualTo(Presence.FILE);
				}
			}
		}
	}

	private static final org.assertj.core.api.InstanceOfAssertFactory<WriteResult.Failed, org.assertj.core.api.ObjectAssert<WriteResult.Failed>> FAILED = org.assertj.core.api.InstanceOfAssertFactories
		.type(WriteResult.Failed.class);

	private NodeConversation connect(String account, Privilege privilege) {
		return this.connector.connect(endpoint(), new Login(account, privilege, new Secret.ManagementKey()));
	}

	private Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

	private Object uidOf(String account) {
		try {
			return Files.getAttribute(this.node.home(account), "unix:uid");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ObservedFile observe(NodeConversation conversation, String account) {
		return conversation.ask(new ObserveFiles(List.of(new FileQuery(account)))).accounts().get(0);
	}

	private static String path(ObservedFile account) {
		String path = account.path();
		assertThat(path).isNotNull();
		return (path != null) ? path : "";
	}

}
