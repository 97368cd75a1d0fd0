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
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.latchkey.Patience;
import io.latchkey.PatientTimeout;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.changes.ConfirmHold;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.changes.HoldFile;
import io.latchkey.conversation.changes.WriteResult;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ObservedFile;
import io.latchkey.conversation.protocol.ContentHash;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A change that the node takes back by itself unless a fresh login confirms it. */
@PatientTimeout(seconds = 120)
@RequiresProgram("sshd")
class NodeHoldsSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final SshKeyPair KEY = SshKeys.generate();

	private static final byte[] LOCKED_OUT = "# nobody\n".getBytes(StandardCharsets.UTF_8);

	private static final Duration LONG = Duration.ofMinutes(10);

	private final SshdNode node = nodes.first();

	private final TestConnector connector = new TestConnector(
			TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
					Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))),
			NodeHoldsSshdTests::privateKey);

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, KEY.publicKey()));
	}

	@Test
	void letsLatchkeyInAgainWhenTheNewFileLocksItOut() throws Exception {
		Object before = identity("root");
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			hold(conversation, "root", LOCKED_OUT, Patience.of(Duration.ofSeconds(6)));
			assertThat(this.node.authorizedKeys("root")).hasBinaryContent(LOCKED_OUT);
			assertThat(Ssh.to(this.node).letsIn("root", KEY)).isFalse();
		}
		await(() -> Ssh.to(this.node).letsIn("root", KEY));
		assertThat(identity("root")).isEqualTo(before);
		await(() -> names("root").equals(List.of("authorized_keys")));
	}

	@Test
	void putsItBackWhenEverythingOfTheConversationIsKilled() throws Exception {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			hold(conversation, "root", LOCKED_OUT, Patience.of(Duration.ofSeconds(5)));
			// the script's shell and the sshd of its connection, as an operator would
			this.node.runInside("sh", "-c", "pkill -9 -f 'latchkey-node al[l]'; pkill -9 -f 'sshd: roo[t]'; true");
		}
		assertThat(this.node.authorizedKeys("root")).hasBinaryContent(LOCKED_OUT);
		await(() -> Ssh.to(this.node).letsIn("root", KEY));
	}

	@Test
	@RequiresProgram("sudo")
	void putsItBackWithOwnerAndModeAsTheyWere() throws Exception {
		Path file = this.node.authorizedKeys("latchkey");
		this.node.own("latchkey", file, "rw-r-----");
		Object before = identity("latchkey");
		try (NodeConversation conversation = connect("latchkey", Privilege.SUDO)) {
			hold(conversation, "latchkey", LOCKED_OUT, Patience.of(Duration.ofSeconds(3)));
			assertThat(identity("latchkey")).isNotEqualTo(before);
		}
		await(() -> before.equals(identity("latchkey")));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r-----");
	}

	/** Another's file cannot be linked to where the kernel protects hard links. */
	@Test
	void putsAFileOfRootsBackIntoAnAccountsFolder() throws Exception {
		this.node.own("root", this.node.authorizedKeys("alice"), "rw-r--r--");
		Object before = identity("alice");
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			hold(conversation, "alice", LOCKED_OUT, Patience.of(Duration.ofSeconds(3)));
		}
		await(() -> before.equals(identity("alice")) && names("alice").equals(List.of("authorized_keys")));
	}

	@Test
	void keepsWhatAFreshLoginConfirmed() throws Exception {
		byte[] content = (KEY.publicKey() + "\n# more\n").getBytes(StandardCharsets.UTF_8);
		WriteResult.Held held;
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			held = hold(conversation, "root", content, LONG);
		}
		assertThat(held.hash()).isEqualTo(ContentHash.of(content));
		assertThat(names("root")).hasSize(2);
		String path = "/root/.ssh/authorized_keys";
		try (NodeConversation fresh = connect("root", Privilege.ROOT)) {
			assertThat(fresh.ask(new ConfirmHold("root", path, "0123456789abcdef"))).isEqualTo(new Confirmation.Gone());
			assertThat(fresh.ask(new ConfirmHold("root", path, held.token()))).isEqualTo(new Confirmation.Confirmed());
			assertThat(fresh.ask(new ConfirmHold("root", path, held.token()))).isEqualTo(new Confirmation.Gone());
		}
		assertThat(names("root")).containsExactly("authorized_keys");
		assertThat(this.node.authorizedKeys("root")).hasBinaryContent(content);
	}

	@Test
	void isConfirmedAlsoAfterTheNodeLostItsPower() {
		byte[] content = (KEY.publicKey() + "\n# more\n").getBytes(StandardCharsets.UTF_8);
		WriteResult.Held held;
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			held = hold(conversation, "root", content, LONG);
		}
		this.node.restart();
		try (NodeConversation fresh = connect("root", Privilege.ROOT)) {
			assertThat(fresh.ask(new ConfirmHold("root", "/root/.ssh/authorized_keys", held.token())))
				.isEqualTo(new Confirmation.Confirmed());
		}
		assertThat(names("root")).containsExactly("authorized_keys");
		assertThat(this.node.authorizedKeys("root")).hasBinaryContent(content);
	}

	@Test
	void holdsNothingForEverAndNothingForNoTime() {
		try (NodeConversation conversation = connect("root", Privilege.ROOT)) {
			for (Duration within : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofMinutes(61))) {
				assertThatIllegalArgumentException().isThrownBy(() -> hold(conversation, "root", LOCKED_OUT, within));
			}
		}
	}

	private WriteResult.Held hold(NodeConversation conversation, String account, byte[] content, Duration within) {
		ObservedFile observed = conversation.ask(new ObserveFiles(List.of(new FileQuery(account)))).accounts().get(0);
		String path = observed.path();
		assertThat(path).isNotNull();
		WriteResult result = conversation
			.ask(new HoldFile(account, (path != null) ? path : "", observed.hash(), content, within));
		assertThat(result).isInstanceOf(WriteResult.Held.class);
		return (WriteResult.Held) result;
	}

	private NodeConversation connect(String account, Privilege privilege) {
		return this.connector.connect(
				new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node)),
				new Login(account, privilege, new Secret.ManagementKey()));
	}

	private Object identity(String account) {
		try {
			return Files.readAttributes(this.node.authorizedKeys(account), "unix:ino,uid,gid,mode,size").toString();
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private List<String> names(String account) {
		try (Stream<Path> files = Files.list(this.node.authorizedKeys(account).getParent())) {
			return files.map((each) -> each.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void await(Callable<Boolean> condition) throws Exception {
		long deadline = System.nanoTime() + Patience.of(Duration.ofSeconds(30)).toNanos();
		while (!condition.call()) {
			assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
		}
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
