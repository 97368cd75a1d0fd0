package io.latchkey.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.accounts.KeyFiles;
import io.latchkey.conversation.accounts.Unanswered;
import io.latchkey.conversation.changes.WriteFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.files.StrictModesFault;
import io.latchkey.conversation.hosts.VouchForHostKeys;
import io.latchkey.conversation.hosts.VouchedHostKeys;
import io.latchkey.inventory.HostKey;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.PublicKey;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** What a node's sshd reads and refuses, as Latchkey is told, and as sshd really does. */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class SshdConfigurationSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final SshKeyPair KEY = SshKeys.generate();

	private final SshdNode node = nodes.first();

	private final TestConnector connector = new TestConnector(
			TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
					Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))),
			SshdConfigurationSshdTests::privateKey);

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, KEY.publicKey()));
		this.node.runInside("cp", "/mnt/node/sshd_config", "/mnt/before");
	}

	@AfterEach
	void restore() {
		this.node.runInside("cp", "/mnt/before", "/mnt/node/sshd_config");
	}

	@Test
	void vouchesForTheHostKeysThatItHas() throws Exception {
		this.node.runInside("sh", "-c", """
				ssh-keygen -q -t rsa -b 2048 -N '' -f /mnt/ssh_host_rsa_key
				ssh-keygen -q -t ed25519 -N '' -f /mnt/ssh_host_claimed_key
				cp /mnt/node/ssh_host_ecdsa_key.pub /mnt/ssh_host_claimed_key.pub""");
		configure("""
				1 i HostKey /mnt/ssh_host_rsa_key
				1 i HostKey /mnt/ssh_host_claimed_key
				$ a Match User alice
				$ a AuthorizedKeysFile none
				/HostKey.*ecdsa/d
				""");
		VouchedHostKeys vouched = vouched(Privilege.ROOT);
		assertThat(vouched.shown().render()).isEqualTo(withoutComment(this.node.hostKeys().get(0)));
		assertThat(vouched.named()).hasSize(3);
		assertThat(vouched.proved()).as("not the one whose private half is elsewhere")
			.extracting(PublicKey::type)
			.containsExactlyInAnyOrder("ssh-ed25519", "ssh-rsa");
		assertThat(vouched(Privilege.SELF).named()).as("not as root").isEmpty();
	}

	private VouchedHostKeys vouched(Privilege privilege) throws Exception {
		HostKey pinned = new HostKey(PublicKey.parse(withoutComment(this.node.hostKeys().get(0))));
		try (NodeConversation conversation = this.connector.connect(
				new Endpoint(this.node.address(), this.node.port(), List.of(pinned)),
				new Login("root", privilege, new Secret.ManagementKey()))) {
			return conversation.ask(new VouchForHostKeys());
		}
	}

	private static String withoutComment(String key) {
		return key.substring(0, key.lastIndexOf(' '));
	}

	@Test
	void readsWhatSshdSaysOfEachAccount() {
		assertThat(keyFiles("root", "alice", "nobodyknows").patterns()).containsExactly(
				entry("root", List.of(".ssh/authorized_keys")), entry("alice", List.of(".ssh/authorized_keys")),
				entry("nobodyknows", List.of(".ssh/authorized_keys")));
		configure("""
				/AuthorizedKeysFile/d
				$ a AuthorizedKeysFile /etc/ssh/authorized_keys/%u %h/.ssh/keys
				$ a Match User alice
				$ a AuthorizedKeysFile .ssh/authorized_keys .ssh/more
				$ a Match User deploy
				$ a AuthorizedKeysFile none
				""");
		KeyFiles files = keyFiles("root", "alice", "deploy");
		assertThat(files.of("root")).containsExactly("/etc/ssh/authorized_keys/%u", "%h/.ssh/keys");
		assertThat(files.of("alice")).containsExactly(".ssh/authorized_keys", ".ssh/more");
		assertThat(files.of("deploy")).isEmpty();
		assertThat(files.strictModes()).isTrue();
	}

	/** sshd prints the words without the quotes that kept them together. */
	@Test
	void cutsTheWordsAsSshdDoes() {
		configure("""
				/AuthorizedKeysFile/d
				$ a AuthorizedKeysFile "/etc/ssh/my keys/%u" .ssh/a\\\\ b 'c d/%%' "say \\\\"so\\\\"" # remark
				$ a Match User alice
				$ a AuthorizedKeysFile NONE
				""");
		assertThat(keyFiles("root").of("root")).containsExactly("/etc/ssh/my keys/%u", ".ssh/a b", "c d/%%",
				"say \"so\"");
		assertThat(keyFiles("alice").patterns()).containsExactly(entry("alice", List.of()));
		configure("""
				$ a Match User deploy
				$ a AuthorizedKeysFile "a b" c
				$ a Match User bob
				$ a AuthorizedKeysFile a "b c"
				""");
		assertThat(keyFiles("root").of("root")).hasSize(4);
		assertThat(keyFiles("deploy").unanswered()).hasEntrySatisfying("deploy", (unanswered) -> {
			assertThat(unanswered.reason()).isEqualTo(Unanswered.Reason.NOT_UNDERSTOOD);
			assertThat(unanswered.detail()).contains("in two ways");
		});
	}

	/** Without the port of the connection, any such Match is the end of the question. */
	@Test
	void namesBothEndsOfTheConnection() {
		configure("""
				$ a Match LocalPort %d
				$ a AuthorizedKeysFile .ssh/by-port
				$ a Match LocalAddress %s
				$ a PermitRootLogin prohibit-password
				""".formatted(this.node.port(), this.node.address()));
		KeyFiles files = keyFiles("root");
		assertThat(files.of("root")).containsExactly(".ssh/by-port");
		assertThat(files.rulesOf("root").varying()).containsExactlyInAnyOrder("authorizedkeysfile", "permitrootlogin");
		assertThat(files.rulesOf("root").asked()).satisfies((asked) -> {
			assertThat(asked.assumed()).isFalse();
			assertThat(asked.to()).isEqualTo(this.node.address());
			assertThat(asked.port()).isEqualTo(this.node.port());
		});
		assertThat(files.rulesOf("root").render()).contains("permitrootlogin without-password");
		try (NodeConversation conversation = connect("latchkey", Privilege.SUDO)) {
			assertThat(conversation.ask(new FindKeyFiles(List.of("root")))).as("sudo takes the environment away")
				.isEqualTo(files);
		}
	}

	/**
	 * Whoever wrote them had another encoding; of what is not looked at nothing matters.
	 */
	@Test
	void understandsWhatIsNotUtf8() {
		this.node.runInside("sh", "-c", """
				printf 'Banner /etc/gr\\374n\\nMatch User alice # gr\\374n\\n' >"$(printf '/mnt/gr\\374n.conf')"
				printf 'DenyUsers gr\\374n gr\\303\\274n\\n' >>"$(printf '/mnt/gr\\374n.conf')"
				printf '# gr\\374n\\nBanner /etc/gr\\374n\\nInclude /mnt/gr*.conf\\n' >/mnt/more
				sed -i '1r /mnt/more' /mnt/node/sshd_config""");
		KeyFiles files = keyFiles("root", "alice");
		assertThat(files.unanswered()).isEmpty();
		assertThat(files.of("alice")).containsExactly(".ssh/authorized_keys");
		assertThat(files.rulesOf("alice").render()).contains("gr\uFFFDn", "gr\u00fcn");
		assertThat(sshdConfig("root", Privilege.ROOT)).isNotNull();
		configure("""
				/AuthorizedKeysFile/d
				$ a Match all
				$ a AuthorizedKeysFile .ssh/gr\\xfcn
				""");
		assertThat(keyFiles("root").unanswered()).hasEntrySatisfying("root",
				(unanswered) -> assertThat(unanswered.reason()).isEqualTo(Unanswered.Reason.NOT_UNDERSTOOD));
	}

	@Test
	void saysThatSshdDoesNotAnswer() {
		configure("$ a NoSuchOption yes");
		KeyFiles files = keyFiles("root", "alice");
		assertThat(files.patterns()).isEmpty();
		assertThat(files.unanswered()).containsOnlyKeys("root", "alice").hasEntrySatisfying("alice", (unanswered) -> {
			assertThat(unanswered.reason()).isEqualTo(Unanswered.Reason.FAILED);
			assertThat(unanswered.detail()).contains("NoSuchOption");
		});
	}

	/** What OpenSSH 10.6 printed. */
	@Test
	void readsNamesInMixedCase() throws IOException {
		Files.copy(Path.of("src/test/resources/sshd/settings-10.6.txt"), this.node.home("root").resolve("settings"));
		this.node.runInside("sh", "-c",
				"""
						set -e
						mkdir -p /mnt/real
						cp /usr/sbin/sshd /mnt/real/sshd
						printf '#!/bin/sh\\ncase $1 in\\n-T) exec cat /root/settings ;;\\nesac\\nexec /mnt/real/sshd "$@"\\n' >/mnt/wrapper
						chmod 755 /mnt/wrapper
						mount --bind /mnt/wrapper /usr/sbin/sshd""");
		configure("""
				/AuthorizedKeysFile/d
				$ a AuthorizedKeysFile "/mnt/my keys/%u" .ssh/more/*.pub
				""");
		try {
			KeyFiles files = keyFiles("root");
			assertThat(files.of("root")).containsExactly("/mnt/my keys/%u", ".ssh/more/*.pub");
			assertThat(files.strictModes()).isTrue();
			assertThat(files.rulesOf("root").render()).contains("setting pubkeyauthentication yes\n",
					"setting permitrootlogin yes\n", "setting requiredrsasize 1024\n");
			assertThat(files.rulesOf("root").ofAccount("root")).isEmpty();
		}
		finally {
			this.node.runInside("umount", "/usr/sbin/sshd");
			Files.delete(this.node.home("root").resolve("settings"));
		}
	}

	/** As OpenSSH does since 10.0. */
	@Test
	void observesWhatAGlobFinds() throws IOException {
		Path folder = this.node.home("alice").resolve("keys");
		Files.createDirectories(folder);
		for (String name : List.of("b.pub", "a.pub", ".hidden.pub", "c.txt")) {
			Files.writeString(folder.resolve(name), name);
		}
		this.node.own("alice", folder, "rwxr-xr-x");
		this.node.own("alice", folder.resolve("a.pub"), "rw-rw-rw-");
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			List<FileQuery> queries = FileQuery.of("alice", List.of("keys/*.pub", "%h/.ssh/x", "no/*"),
					"OpenSSH_10.0p2");
			assertThat(queries).extracting(FileQuery::pathPattern).containsExactly("%h/.ssh/x", "keys/*.pub", "no/*");
			List<ObservedFile> observed = conversation.ask(new ObserveFiles(queries)).accounts();
			assertThat(observed).extracting(ObservedFile::path)
				.containsExactly("/home/alice/.ssh/x", "/home/alice/keys/a.pub", "/home/alice/keys/b.pub");
			assertThat(observed.get(1).strictModesFault())
				.isEqualTo(new StrictModesFault("/home/alice/keys/a.pub", StrictModesFault.Kind.WRITABLE_BY_ALL));
			assertThat(observed.get(0).strictModesFault()).isNull();
		}
		assertThat(FileQuery.of("alice", List.of("keys/*.pub"), "OpenSSH_10.6p1")).extracting(FileQuery::pathPattern)
			.containsExactly("keys/latchkey.pub", "keys/*.pub");
		assertThat(FileQuery.of("alice", List.of("keys/?*.pub"), "OpenSSH_10.6p1")).isEmpty();
		assertThat(FileQuery.of("alice", List.of("keys/*.pub"), "OpenSSH_9.9p1"))
			.containsExactly(new FileQuery("alice", "keys/*.pub"));
	}

	@Test
	void observesAllFilesOfAnAccount() {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			List<ObservedFile> accounts = conversation
				.ask(new ObserveFiles(List.of(new FileQuery("alice", ".ssh/authorized_keys"),
						new FileQuery("alice", "%h/.ssh/more"), new FileQuery("alice", "/etc/ssh/keys/%u"))))
				.accounts();
			assertThat(accounts).extracting(ObservedFile::path)
				.containsExactly("/home/alice/.ssh/authorized_keys", "/home/alice/.ssh/more", "/etc/ssh/keys/alice");
			assertThat(conversation.ask(new WriteFile("alice", "/home/alice/.ssh/more", null, new byte[] { '\n' })))
				.isInstanceOf(WriteResult.Written.class);
		}
		assertThat(this.node.home("alice").resolve(".ssh/more")).hasContent("\n");
	}

	@Test
	void tellsWhenTheConfigurationChanges() {
		String before = sshdConfig("root", Privilege.ROOT);
		assertThat(before).isNotNull().isEqualTo(sshdConfig("root", Privilege.ROOT));
		configure("$ a # a remark");
		assertThat(sshdConfig("root", Privilege.ROOT)).isNotNull().isNotEqualTo(before);
	}

	@Test
	void assumesTheDefaultWhereSshdCannotBeAsked() {
		try (NodeConversation conversation = connect("alice", Privilege.SELF)) {
			assertThat(conversation.ask(new FindKeyFiles(List.of("alice"))).of("alice"))
				.containsExactly(".ssh/authorized_keys");
		}
	}

	@Test
	void saysThatSshdHeedsNoModes() {
		configure("s/StrictModes yes/StrictModes no/");
		assertThat(keyFiles("root").strictModes()).isFalse();
	}

	/** Latchkey's word and sshd's deed. */
	@Test
	void refusesAsSshdDoes() throws IOException {
		Path home = this.node.home("alice");
		Path folder = home.resolve(".ssh");
		Path file = this.node.authorizedKeys("alice");
		assertThat(fault("alice")).isNull();
		assertThat(Ssh.to(this.node).letsIn("alice", KEY)).isTrue();

		this.node.own("alice", home, "rwxrwxrwx");
		assertRefused(new StrictModesFault("/home/alice", StrictModesFault.Kind.WRITABLE_BY_ALL));
		this.node.own("alice", home, "rwxr-xr-x");

		this.node.own("deploy", folder, "rwxr-xr-x");
		assertRefused(new StrictModesFault("/home/alice/.ssh", StrictModesFault.Kind.OTHER_OWNER));
		this.node.own("alice", folder, "rwx------");

		this.node.own("alice", file, "rw-rw-rw-");
		assertRefused(new StrictModesFault("/home/alice/.ssh/authorized_keys", StrictModesFault.Kind.WRITABLE_BY_ALL));
		this.node.own("alice", file, "rw-r--r--");

		Files.setAttribute(file, "unix:gid", 0);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
		assertRefused(new StrictModesFault("/home/alice/.ssh/authorized_keys", StrictModesFault.Kind.GROUP_WRITABLE));

		this.node.own("alice", file, "rw-rw-r--");
		boolean lenient = Ssh.to(this.node).letsIn("alice", KEY);
		assertThat(fault("alice") == null).isEqualTo(lenient);
		this.node.own("alice", file, "rw-------");
		assertThat(fault("alice")).isNull();
	}

	private void assertRefused(StrictModesFault fault) {
		assertThat(fault("alice")).isEqualTo(fault);
		assertThat(Ssh.to(this.node).letsIn("alice", KEY)).isFalse();
	}

	private @Nullable StrictModesFault fault(String account) {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			return conversation.ask(new ObserveFiles(List.of(new FileQuery("root"), new FileQuery(account))))
				.accounts()
				.get(1)
				.strictModesFault();
		}
	}

	private @Nullable String sshdConfig(String account, Privilege privilege) {
		try (NodeConversation conversation = connect(account, privilege)) {
			return conversation.ask(new ObserveFiles(List.of())).sshdConfig();
		}
	}

	private KeyFiles keyFiles(String... accounts) {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			return conversation.ask(new FindKeyFiles(List.of(accounts)));
		}
	}

	/** Changes sshd_config by commands of sed. The sshd that runs goes on as before. */
	private void configure(String sed) {
		this.node.runInside("sed", "-i", sed, "/mnt/node/sshd_config");
	}

	private NodeConversation connect(String account, Privilege privilege) {
		return this.connector.connect(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)),
				new Login(account, privilege, new Secret.ManagementKey()));
	}

	private static byte[] privateKey() {
		try {
			return Files.readAllBytes(KEY.privateKey());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
