package io.latchkey.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.conversation.NodeConversation;
import io.latchkey.conversation.TestConnector;
import io.latchkey.conversation.files.FileQuery;
import io.latchkey.conversation.files.Observation;
import io.latchkey.conversation.files.ObserveFiles;
import io.latchkey.conversation.files.Presence;
import io.latchkey.inventory.Privilege;
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
import static org.awaitility.Awaitility.await;

/**
 * How often Latchkey logs in, counted in sshd's own log.
 */
@RequiresProgram("sshd")
class KeptSessionsSshdTests {

	private static final Duration PATIENCE = Patience.of(Duration.ofSeconds(20));

	@RegisterExtension
	static SshdNodes nodes = SshdNodes.count(1).withOwnAccounts();

	private static final SshKeyPair KEY = SshKeys.generate();

	private final SshdNode node = nodes.first();

	private SshKeyPair managementKey = KEY;

	private TestConnector connector = keeping(Duration.ofSeconds(30), 10);

	private long loginsBefore;

	private long endedBefore;

	@BeforeEach
	void authorize() {
		this.node.accounts().forEach((account) -> this.node.authorize(account, KEY.publicKey()));
		this.loginsBefore = accepted();
		this.endedBefore = disconnected();
	}

	@AfterEach
	void hangUp() {
		this.connector.close();
		this.node.restart();
	}

	@Test
	void severalConversationsInARowCostOneLogin() {
		for (int i = 0; i < 5; i++) {
			assertThat(look("root").kept()).isEqualTo(i > 0);
		}
		assertThat(logins()).isEqualTo(1);
	}

	@Test
	void aKeptSessionKnowsNothingOfBefore() throws IOException {
		try (NodeConversation conversation = connect("root")) {
			assertThat(presenceOf("alice", conversation)).isEqualTo(Presence.FILE);
		}
		Files.delete(this.node.authorizedKeys("alice"));
		Instant between = Instant.now();
		try (NodeConversation conversation = connect("root")) {
			assertThat(conversation.loginTimes().kept()).isTrue();
			Observation observation = conversation.ask(new ObserveFiles(List.of(new FileQuery("alice"))));
			assertThat(observation.accounts().get(0).presence()).isEqualTo(Presence.ABSENT);
			assertThat(observation.facts().now()).isAfterOrEqualTo(between.minusMillis(1));
			assertThat(observation.facts().clockOffset().abs()).isLessThan(Patience.of(Duration.ofSeconds(2)));
		}
	}

	@Test
	void aFreshLoginIsOneAlsoWhenASessionIsKept() {
		look("root");
		try (NodeConversation conversation = this.connector.connectAfresh(endpoint(), byKey("root"))) {
			assertThat(conversation.loginTimes().kept()).isFalse();
			conversation.ask(new ObserveFiles(List.of()));
			assertThat(look("root").kept()).as("the other one is still kept").isTrue();
		}
		assertThat(logins()).isEqualTo(2);
	}

	@Test
	void aNodeThatWasRestartedMeanwhileIsLoggedInToAnew() {
		look("root");
		this.node.restart();
		LoginTimes times = look("root");
		assertThat(times.kept()).isFalse();
		assertThat(Stream.of(times.connect(), times.keyExchange(), times.authentication()))
			.allSatisfy((step) -> assertThat(step).isPositive());
		assertThat(logins()).isEqualTo(2);
	}

	@Test
	void aSessionThatWentMuteMeanwhileIsLeftForAFreshLogin() {
		look("root");
		sessions("STOP");
		try {
			assertThat(look("root").kept()).isFalse();
		}
		finally {
			sessions("CONT");
		}
		assertThat(logins()).isEqualTo(2);
	}

	@Test
	void aSessionThatWasKilledMeanwhileIsLeftForAFreshLogin() {
		look("root");
		sessions("KILL");
		assertThat(look("root").kept()).isFalse();
		assertThat(logins()).isEqualTo(2);
	}

	@Test
	void anotherHostKeyIsNoticed() {
		Endpoint endpoint = endpoint();
		look("root");
		this.node.withNewHostKey();
		assertThatExceptionOfType(NodeException.HostKeyChanged.class)
			.isThrownBy(() -> this.connector.connect(endpoint, byKey("root")));
	}

	@Test
	void servesOnlyWhoAsksForTheVerySame() {
		look("root");
		Endpoint endpoint = endpoint();
		Endpoint otherPins = new Endpoint(endpoint.address(), endpoint.port(), endpoint.hostKeys().subList(0, 1));
		assertThat(look(otherPins, byKey("root")).kept()).isFalse();
		assertThat(look(otherPins, byKey("root")).kept()).isTrue();
		assertThat(look(otherPins, byKey("deploy")).kept()).isFalse();
		assertThat(look(otherPins, new Login("root", Privilege.SELF, new Secret.ManagementKey())).kept()).isFalse();
	}

	@Test
	void anotherManagementKeyLogsInItself() {
		look("root");
		SshKeyPair other = SshKeys.generate();
		this.managementKey = other;
		assertThatExceptionOfType(NodeException.NotLetIn.class).isThrownBy(() -> look("root"));
		this.node.authorize("root", KEY.publicKey(), other.publicKey());
		assertThat(look("root").kept()).isFalse();
		assertThat(look("root").kept()).isTrue();
	}

	@Test
	void aPasswordIsForOneLogin() {
		for (int i = 0; i < 2; i++) {
			Secret password = new Secret.Password(this.node.password().toCharArray());
			assertThat(look(endpoint(), new Login("root", Privilege.ROOT, password)).kept()).isFalse();
		}
		assertThat(look("root").kept()).isFalse();
	}

	@Test
	void whatFailedIsNotKept() {
		this.node.setShell("latchkey", "/bin/false");
		try {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(NodeException.class)
					.isThrownBy(
							() -> look(endpoint(), new Login("latchkey", Privilege.SELF, new Secret.ManagementKey())))
					.returns(FailureKind.NO_SHELL, NodeException::kind)
					.satisfies((ex) -> assertThat(ex.loginTimes()).isNotNull()
						.satisfies((times) -> assertThat(times.kept()).isFalse()));
			}
		}
		finally {
			this.node.setShell("latchkey", "/bin/sh");
		}
	}

	@Test
	void keepsNoneLongerThanAsked() {
		this.connector = keeping(Duration.ofMillis(300), 10);
		look("root");
		await().atMost(PATIENCE).until(() -> ended() == 1);
		assertThat(look("root").kept()).isFalse();
	}

	@Test
	void keepsNoMoreThanAsked() {
		this.connector = keeping(Duration.ofSeconds(30), 2);
		look("root");
		look("deploy");
		look("root");
		look("alice");
		await().atMost(PATIENCE).until(() -> ended() == 1);
		assertThat(look("root").kept()).isTrue();
		assertThat(look("alice").kept()).isTrue();
		assertThat(look("deploy").kept()).isFalse();
	}

	@Test
	void keepsNoneWhenThatIsSwitchedOff() {
		for (TestConnector off : List.of(keeping(Duration.ZERO, 10), keeping(Duration.ofSeconds(30), 0))) {
			this.connector = off;
			look("root");
			assertThat(look("root").kept()).isFalse();
		}
	}

	@Test
	void aChangedNodeLosesItsSessionAtOnce() {
		look("root");
		this.connector.dropSessions();
		await().atMost(PATIENCE).until(() -> ended() == 1);
		assertThat(look("root").kept()).isFalse();
	}

	@Test
	void manyAtATimeNeverShareOne() {
		List<CompletableFuture<Void>> all = Stream.generate(() -> CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 5; i++) {
				try (NodeConversation conversation = connect("root")) {
					assertThat(presenceOf("alice", conversation)).isEqualTo(Presence.FILE);
				}
			}
		})).limit(4).toList();
		CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
		assertThat(look("root").kept()).isTrue();
		this.connector.close();
		await().atMost(PATIENCE).until(() -> ended() == logins());
	}

	private LoginTimes look(String account) {
		return look(endpoint(), byKey(account));
	}

	private LoginTimes look(Endpoint endpoint, Login login) {
		try (NodeConversation conversation = this.connector.connect(endpoint, login)) {
			conversation.ask(new ObserveFiles(List.of(new FileQuery(login.account()))));
			return conversation.loginTimes();
		}
	}

	private NodeConversation connect(String account) {
		return this.connector.connect(endpoint(), byKey(account));
	}

	private static Presence presenceOf(String account, NodeConversation conversation) {
		return conversation.ask(new ObserveFiles(List.of(new FileQuery(account)))).accounts().get(0).presence();
	}

	private static Login byKey(String account) {
		return new Login(account, account.equals("root") ? Privilege.ROOT : Privilege.SELF, new Secret.ManagementKey());
	}

	private Endpoint endpoint() {
		return new Endpoint(this.node.address(), this.node.port(), TestConnector.hostKeys(this.node));
	}

	/**
	 * Sends a signal to sshd's processes of the logins, and not to the one that listens.
	 */
	private void sessions(String signal) {
		this.node.runInside("sh", "-c",
				"for each in /proc/[0-9]*; do read -r name < $each/cmdline || :; case $name in 'sshd: root'*) kill -"
						+ signal + " ${each#/proc/};; esac; done 2>/dev/null; true");
	}

	private long logins() {
		return accepted() - this.loginsBefore;
	}

	private long accepted() {
		return this.node.log().lines().filter((line) -> line.startsWith("Accepted publickey for ")).count();
	}

	private long ended() {
		return disconnected() - this.endedBefore;
	}

	private long disconnected() {
		return this.node.log().lines().filter((line) -> line.startsWith("Closing connection to ")).count();
	}

	private TestConnector keeping(Duration keepFor, int atMost) {
		Duration enough = Patience.of(Duration.ofSeconds(15));
		return new TestConnector(new TransportProperties(Patience.of(Duration.ofSeconds(5)), enough, enough,
				Patience.of(Duration.ofSeconds(60)), keepFor, atMost, List.of()), this::privateKey);
	}

	private byte[] privateKey() {
		try {
			return Files.readAllBytes(this.managementKey.privateKey());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
