package io.latchkey.conversation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import com.sun.management.OperatingSystemMXBean;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.accounts.FindKeyFiles;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.ReadFile;
import io.latchkey.conversation.hosts.ReachHosts;
import io.latchkey.conversation.hosts.VouchForHostKeys;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A real sshd whose shell speaks the script's words without end: each answer ends the
 * conversation with its reason, and costs Latchkey little.
 */
@RequiresProgram("sshd")
class HostileNodeSshdTests {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final String GREETING = "latchkey-node 1 0 1700000000 +0000 sha256sum setpriv";

	private static final String ZEROS = "0".repeat(64);

	private static final String ROOT = "account root file %s /root/.ssh/authorized_keys".formatted(ZEROS);

	private final SshdNode node = nodes.first();

	private final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	@BeforeEach
	void authorize() {
		this.node.authorize("latchkey", TestConnector.KEY.publicKey());
	}

	@AfterEach
	void restore() {
		this.node.setShell("latchkey", "/bin/sh");
	}

	@ParameterizedTest
	@ValueSource(strings = { "alters 0", "strict 0 all /home", "config - /etc/ssh/sshd_config" })
	void saysWithoutEndWhatItFound(String line) throws IOException {
		says("printf '%s\\n' '" + ROOT + "'; exec yes '" + line + "'");
		assertThat(failure((conversation) -> conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))))))
			.hasMessageMatching(".*(an answer of at most 10002 lines was expected|has no end)");
	}

	@Test
	void namesHostKeysWithoutEnd() throws IOException {
		says("echo learned; exec yes 'hostkey ssh-dss AAAA -'");
		assertThat(failure((conversation) -> conversation.ask(new VouchForHostKeys())))
			.hasMessageContaining("an answer of at most 20 lines was expected");
	}

	/** It has a key of its own, and says so as the script of root's would. */
	@Test
	void anAccountAloneVouchesForNoHostKey() throws IOException {
		says("""
				ssh-keygen -q -t ed25519 -N '' -f "$HOME/own" </dev/null
				read -r type key rest <"$HOME/own.pub"
				while read -r word rest; do
					case $word in
					learn) echo learned ;;
					vouch)
						proof=$(printf %s "$rest" | ssh-keygen -Y sign -q -n host-key@latchkey -f "$HOME/own" | grep -v '^-' | tr -d '\\n')
						echo "hostkey $type $key $proof"
						echo vouched
						;;
					esac
				done""");
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint(),
				new Login("latchkey", Privilege.SELF, new Secret.ManagementKey()))) {
			assertThat(conversation.ask(new VouchForHostKeys()).named()).isEmpty();
			assertThat(conversation.ask(new VouchForHostKeys()).renew(endpoint().hostKeys()))
				.isEqualTo(endpoint().hostKeys());
		}
	}

	@Test
	void namesTheSameAccountWithoutEnd() throws IOException {
		says("echo learned; echo 'files root 0 0 0'; exec yes 'barred root locked'");
		assertThat(failure((conversation) -> conversation.ask(new FindKeyFiles(List.of("root")))))
			.hasMessageContaining("an account that was asked for was expected");
	}

	@Test
	void reachesTheSameHostWithoutEnd() throws IOException {
		says("echo learned; exec yes 'reached 0 ok'");
		assertThat(failure((conversation) -> conversation.ask(new ReachHosts("root", List.of("other")))))
			.hasMessageContaining("an answer of at most 1 lines was expected");
	}

	@Test
	void saysALineWithoutEnd() throws IOException {
		says("exec tr '\\000' x </dev/zero");
		assertThat(failure((conversation) -> conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))))))
			.hasMessageContaining("a line of at most 8192 bytes was expected");
	}

	@Test
	void floodsBothStreamsAtOnce() throws IOException {
		says("yes x >&2 & exec yes '" + ROOT + "'");
		assertThat(failure((conversation) -> conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))))))
			.hasMessageContaining("'observed' was expected");
	}

	/** The bytes over the connection have a budget, whatever they are. */
	@Test
	void floodsTheErrorOutputAlone() throws IOException {
		says("exec yes x >&2");
		assertThat(failure((conversation) -> conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))))))
			.hasMessageMatching(".*more than 128 MiB.*|.*no answer within.*");
	}

	/** Each exchange costs milliseconds, and a few hundred bytes. */
	@Test
	void asksForNewKeysWithoutEnd() throws IOException {
		this.node.configure("RekeyLimit 1K");
		this.node.restart();
		try {
			says("exec yes '" + ROOT + "' >&2");
			assertThat(failure((conversation) -> conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))))))
				.hasMessageContaining("more than 150 key exchanges over one connection");
		}
		finally {
			this.node.configure();
			this.node.restart();
		}
	}

	/** A line takes memory however short it is. */
	@Test
	void aFileHasTooManyLines() throws IOException {
		int size = 8 * 1024 * 1024;
		says("printf '%s\\n' '" + ROOT + "' observed 'content " + size + "'; yes '' | head -c " + size + "; sleep 60");
		NodeException failure = failure((conversation) -> {
			conversation.ask(new ObserveFiles(List.of(new FileQuery("root"))));
			conversation.ask(new ReadFile("root", "/root/.ssh/authorized_keys"));
		});
		assertThat(failure).isInstanceOf(NodeException.FileUnreadable.class).hasMessageContaining("too-many-lines");
	}

	/** What it costs this process counts, with the connection. */
	private NodeException failure(Consumer<NodeConversation> asking) {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		long before = system.getProcessCpuTime();
		NodeException failure = catchThrowableOfType(NodeException.class, () -> {
			try (NodeConversation conversation = this.connector.connectAfresh(endpoint(),
					new Login("latchkey", Privilege.ROOT, new Secret.ManagementKey()))) {
				asking.accept(conversation);
			}
		});
		assertThat(Duration.ofNanos(system.getProcessCpuTime() - before)).as("CPU")
			.isLessThan(Patience.of(Duration.ofSeconds(8)));
		return failure;
	}

	/** Whatever is asked. */
	private void says(String words) throws IOException {
		Path shell = this.node.home("latchkey").resolve("hostile");
		Files.writeString(shell, "#!/bin/sh\nprintf '%s\\n' '" + GREETING + "'\n" + words + "\n",
				StandardCharsets.UTF_8);
		this.node.own("latchkey", shell, "rwxr-xr-x");
		this.node.setShell("latchkey", "/home/latchkey/hostile");
	}

	private Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

}
