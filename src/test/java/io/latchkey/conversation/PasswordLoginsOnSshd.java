package io.latchkey.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.latchkey.Patience;
import io.latchkey.conversation.changes.Confirmation;
import io.latchkey.conversation.sshd.AlterSshd;
import io.latchkey.conversation.sshd.FindPasswordLogins;
import io.latchkey.conversation.sshd.PasswordLogins;
import io.latchkey.conversation.sshd.SettleSshd;
import io.latchkey.conversation.sshd.SshdChange;
import io.latchkey.inventory.Privilege;
import io.latchkey.ssh.Endpoint;
import io.latchkey.ssh.Login;
import io.latchkey.ssh.NodeException;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.awaitility.Awaitility.await;

/** A node on which passwords are switched. */
abstract class PasswordLoginsOnSshd {

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	static final String INCLUDE = "Include /mnt/node/sshd_config.d/*.conf";

	static final List<String> OFF = List.of("PasswordAuthentication no", "KbdInteractiveAuthentication no");

	/** So long that no test waits for it. */
	static final Duration LONG = Duration.ofMinutes(10);

	final SshdNode node = nodes.first();

	final TestConnector connector = TestConnector
		.of(TestConnections.deadlines(Patience.of(Duration.ofSeconds(5)), Patience.of(Duration.ofSeconds(10)),
				Patience.of(Duration.ofSeconds(15)), Patience.of(Duration.ofSeconds(60))));

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, TestConnector.KEY.publicKey()));
		this.node.runInside("sh", "-c",
				"rm -rf /mnt/node/sshd_config.d /mnt/node/.latchkey*; mkdir /mnt/node/sshd_config.d");
	}

	@AfterEach
	void restore() {
		this.node.runInside("sh", "-c", "rm -rf /mnt/node/sshd_config.d /mnt/node/.latchkey*");
		begin();
		this.connector.close();
	}

	void begin(String... lines) {
		this.node.configure(lines);
		this.node.restart();
		this.connector.dropSessions();
	}

	void drop(String name, String... lines) {
		this.node.runInside("sh", "-c", "printf '%s\\n' \"$@\" >/mnt/node/sshd_config.d/$0", name,
				String.join("\n", lines));
	}

	boolean letsInByPassword() {
		return Ssh.to(this.node).runWithPassword("alice", this.node.password(), "true").exitStatus() == 0;
	}

	String modeOf(String path) {
		return this.node.runInside("stat", "-c", "%a %u %g", path).output().strip();
	}

	/** While sshd starts itself anew, nothing listens. */
	void awaitEndOfTrial() {
		await().atMost(Patience.of(Duration.ofSeconds(30)))
			.ignoreExceptionsInstanceOf(NodeException.class)
			.until(() -> !look().onTrial());
	}

	PasswordLogins look() {
		try (NodeConversation conversation = connect()) {
			return (PasswordLogins) conversation.ask(FindPasswordLogins.all());
		}
	}

	SshdChange alter(List<String> settings, @Nullable String expected, Duration within) {
		try (NodeConversation conversation = connect()) {
			return conversation.ask(new AlterSshd(settings, expected, within));
		}
	}

	Confirmation settle(SshdChange.OnTrial change) {
		try (NodeConversation conversation = connect()) {
			return conversation.ask(new SettleSshd(change.token()));
		}
	}

	Set<String> offered() {
		return this.connector.methodsOf(endpoint(), "root");
	}

	Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

	NodeConversation connect() {
		return connect("root", Privilege.ROOT);
	}

	NodeConversation connect(String account, Privilege privilege) {
		return this.connector.connectAfresh(endpoint(), new Login(account, privilege, new Secret.ManagementKey()));
	}

}
