package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.latchkey.ApplicationTest;
import io.latchkey.RequiresProgram;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.enrolment.HostKeyUnconfirmedException;
import io.latchkey.grants.Grant;
import io.latchkey.grants.GrantDraft;
import io.latchkey.grants.GrantOptions;
import io.latchkey.grants.Grants;
import io.latchkey.grants.Subject;
import io.latchkey.grants.Target;
import io.latchkey.identity.Identities;
import io.latchkey.identity.IdentityDraft;
import io.latchkey.identity.IdentityKind;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.inventory.NodeDraft;
import io.latchkey.inventory.Nodes;
import io.latchkey.inventory.Privilege;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The one job, end to end, with OpenSSH's own client and server as judges.
 */
@ApplicationTest
@RequiresProgram("sshd")
class MainJobSshdTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1).withOwnAccounts();

	private final List<String> added = new ArrayList<>();

	@Autowired
	Nodes nodes;

	@Autowired
	Identities identities;

	@Autowired
	Grants grants;

	@Autowired
	Enrolments enrolments;

	@Autowired
	Deliveries deliveries;

	@Autowired
	NodeStates nodeStates;

	@Autowired
	Reconciler reconciler;

	@Autowired
	Clock clock;

	/**
	 * All tests share the one machine: a node that is left would go on to keep it right.
	 */
	@AfterEach
	void forgetTheNodes() {
		this.added.forEach(this.nodes::delete);
	}

	@Test
	void aGrantLetsInAndItsRevocationLocksOut() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String alice = identityWith(key);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();

		Grant grant = grant(alice, node, "deploy", Duration.ofHours(2));
		Delivery delivery = settled(grant);
		assertThat(delivery.nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.IN_PLACE));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		assertThat(file("deploy")).contains("expiry-time=\"").contains(key.publicKey().split(" ")[1]);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);

		this.grants.revoke(grant.id());
		assertThat(settled(grant).nodes()).singleElement()
			.satisfies((entry) -> assertThat(entry.state()).isEqualTo(Delivery.State.REMOVED));
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		assertThat(this.deliveries.overdueRemovals()).isEmpty();
		assertThat(this.nodeStates.runs(node.id(), PageRequest.of(0, 1)).getContent()).singleElement()
			.satisfies((run) -> assertThat(run.removed()).hasSize(1));
	}

	@Test
	void aGrantThatRunsOutIsRefusedAtTheSecondAndItsLineGoes() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "alice", Duration.ofSeconds(5));
		settled(grant);
		assertThat(ssh().letsIn("alice", key.privateKey())).isTrue();
		Instant end = grant.expiresAt();
		assertThat(end).isNotNull();
		await().atMost(PATIENCE).until(() -> !this.clock.instant().isBefore(end));
		assertThat(ssh().letsIn("alice", key.privateKey())).isFalse();
		until(() -> !file("alice").contains(key.publicKey().split(" ")[1]));
		until(() -> this.deliveries.of(grant.id()).nodes().get(0).state() == Delivery.State.REMOVED);
	}

	@Test
	void aSuspendedIdentityIsLockedOutEverywhereUntilItIsResumed() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String bob = identityWith(key);
		Grant grant = grant(bob, node, "deploy", null);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		this.identities.suspend(bob);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
		this.identities.resume(bob);
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		this.identities.removeKey(bob, Fingerprint.parse(key.fingerprint()));
		settled(grant);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isFalse();
	}

	@Test
	void additiveMendsItsOwnLinesAndLeavesTheRestByteForByte() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		String others = "# by hand\r\n\n  nonsense here\n" + foreign.publicKey() + "  two  blanks";
		SSHD.first().authorize("deploy", others);
		String left = file("deploy");

		check(node);
		assertThat(file("deploy")).startsWith(left).contains(key.publicKey().split(" ")[1]);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(ssh().letsIn("deploy", foreign.privateKey())).isTrue();
		assertThat(entries(node, "deploy")).anySatisfy((entry) -> {
			assertThat(entry.origin()).isEqualTo(AccountState.Origin.FOREIGN);
			assertThat(entry.fingerprint()).isEqualTo(Fingerprint.parse(foreign.fingerprint()));
		});
		String before = file("deploy");
		check(node);
		assertThat(file("deploy")).isEqualTo(before);
	}

	@Test
	void observeReportsAndWritesNothing() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		Grant grant = grant(identityWith(key), node, "deploy", null);
		settled(grant);
		switchTo(node, Mode.OBSERVE);
		SSHD.first().authorize("deploy", "# emptied");
		String left = file("deploy");
		check(node);
		assertThat(file("deploy")).isEqualTo(left);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.DRIFTED);
		assertThat(entries(node, "deploy"))
			.anySatisfy((entry) -> assertThat(entry.status()).isEqualTo(AccountState.Status.MISSING));
		switchTo(node, Mode.ADDITIVE);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
	}

	@Test
	void exclusiveStoresWhatItTakesOffAndNeverItsOwnKey() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		SshKeyPair foreign = SshKeys.generate();
		settled(grant(identityWith(key), node, "root", null));
		String with = file("root");
		SSHD.first().authorize("root", with.strip(), foreign.publicKey());
		assertThat(ssh().letsIn("root", foreign.privateKey())).isTrue();
		switchTo(node, Mode.EXCLUSIVE);
		assertThat(ssh().letsIn("root", foreign.privateKey())).isFalse();
		assertThat(ssh().letsIn("root", key.privateKey())).isTrue();
		assertThat(this.nodeStates.removedLines(node.id())).extracting(RemovedLine::line).contains(foreign.publicKey());
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void anAccountThatIsNotThereFailsAloneAndSaysSo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair key = SshKeys.generate();
		String carol = identityWith(key);
		Grant there = grant(carol, node, "deploy", null);
		Grant nowhere = grant(carol, node, "nobody-here", null);
		settled(there);
		assertThat(settled(nowhere).nodes()).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(Delivery.State.FAILED);
			assertThat(entry.detail()).contains("no account nobody-here");
		});
		assertThat(ssh().letsIn("deploy", key.privateKey())).isTrue();
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.FAILED);
	}

	@Test
	void enrolmentRefusesAFingerprintThatIsNotTheNodes() {
		Node node = addedNode(Mode.ADDITIVE);
		Fingerprint other = Fingerprint.parse(SshKeys.generate().fingerprint());
		assertThatThrownBy(() -> this.enrolments.enrol(node.name(),
				new Enrolment(Enrolment.Method.PASSWORD, SSHD.first().password().toCharArray(), null, other)))
			.isInstanceOfSatisfying(HostKeyUnconfirmedException.class, (ex) -> {
				assertThat(ex.isMismatch()).isTrue();
				assertThat(ex.shown()).extracting((shown) -> shown.key().fingerprint().value())
					.containsAll(List.of(SSHD.first().hostKeyFingerprints().get(0)));
			});
		assertThat(this.nodes.get(node.name()).enrolled()).isFalse();
	}

	private Node enrolledNode(Mode mode) {
		Node node = addedNode(mode);
		return this.enrolments.enrol(node.name(),
				new Enrolment(Enrolment.Method.PASSWORD, SSHD.first().password().toCharArray(), null,
						Fingerprint.parse(SSHD.first().hostKeyFingerprints().get(0))));
	}

	private Node addedNode(Mode mode) {
		Node node = this.nodes.create(draft("job-node-" + NUMBERS.incrementAndGet(), mode));
		this.added.add(node.name());
		return node;
	}

	private static NodeDraft draft(String name, Mode mode) {
		SshdNode sshd = SSHD.first();
		return new NodeDraft(name, sshd.address(), sshd.port(), "root", Privilege.ROOT, mode, Map.of());
	}

	private void switchTo(Node node, Mode mode) {
		this.nodes.put(draft(node.name(), mode), null);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

	private void check(Node node) {
		this.reconciler.checkNow(node.id());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

	private String identityWith(SshKeyPair key) {
		String name = "job-person-" + NUMBERS.incrementAndGet();
		this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
		this.identities.addKey(name, key.publicKey(), null, null);
		return name;
	}

	private Grant grant(String identity, Node node, String account, @Nullable Duration duration) {
		return this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, identity),
				new Target(Target.Kind.NODE, node.name()), account, null, duration, null, null, GrantOptions.NONE));
	}

	private Delivery settled(Grant grant) {
		this.deliveries.awaitSettled(grant.id(), PATIENCE);
		return this.deliveries.of(grant.id());
	}

	private List<AccountState.Entry> entries(Node node, String account) {
		return this.nodeStates.accounts(node.id())
			.stream()
			.filter((state) -> state.account().equals(account))
			.flatMap((state) -> state.entries().stream())
			.toList();
	}

	private static Ssh ssh() {
		return Ssh.to(SSHD.first());
	}

	private static String file(String account) {
		Path file = SSHD.first().authorizedKeys(account);
		try {
			return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void until(BooleanSupplier condition) {
		await().atMost(PATIENCE).until(condition::getAsBoolean);
	}

}
