package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.latchkey.ApplicationTest;
import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.delivery.Deliveries;
import io.latchkey.delivery.Delivery;
import io.latchkey.desired.ConfirmationNeededException;
import io.latchkey.enrolment.Enrolment;
import io.latchkey.enrolment.Enrolments;
import io.latchkey.foreignkeys.RemovedLines;
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
import io.latchkey.nodestate.AccountState;
import io.latchkey.nodestate.NodeStates;
import io.latchkey.nodestate.Reconciler;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.removal.RemovalScope;
import io.latchkey.removal.Removals;
import io.latchkey.ssh.Secret;
import io.latchkey.sshd.Ssh;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshdNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * What the tests of the one job share: a real node, enrolled anew for each test, and the
 * steps of the job.
 */
@ApplicationTest
@RequiresProgram("sshd")
abstract class JobOnSshd {

	static final Duration PATIENCE = Patience.of(Duration.ofSeconds(60));

	private static final AtomicInteger NUMBERS = new AtomicInteger();

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
	RemovedLines removedLines;

	@Autowired
	Removals removals;

	@Autowired
	Reconciler reconciler;

	@Autowired
	Clock clock;

	@Autowired
	private JdbcClient jdbc;

	/**
	 * All tests share the one machine: a node that is left would go on to keep it right,
	 * and so would a run that is under way. A test that writes on the machine afterwards
	 * calls this first.
	 */
	@AfterEach
	void forgetTheNodes() {
		Collections.reverse(this.added);
		ForgottenNodes.forget(this.nodes, this.jdbc, this.added);
		this.added.clear();
		// the machine may have other host keys in the next test
		this.jdbc.sql("delete from former_host_keys").update();
	}

	/** The machine on which the job is done. */
	abstract SshdNode sshd();

	Node enrolledNode(Mode mode) {
		return enrol(addedNode(mode));
	}

	Node enrol(Node node) {
		return this.enrolments.enrol(node.name(), new Enrolment(new Secret.Password(sshd().password().toCharArray()),
				null, Fingerprint.parse(sshd().hostKeyFingerprints().get(0))));
	}

	Node addedNode(Mode mode) {
		return add(draft("job-node-" + NUMBERS.incrementAndGet(), mode));
	}

	/** Adds one that is forgotten after the test. */
	Node add(NodeDraft draft) {
		Node node = this.nodes.create(draft);
		this.added.add(node.name());
		return node;
	}

	NodeDraft draft(String name, Mode mode) {
		SshdNode sshd = sshd();
		return new NodeDraft(name, sshd.address(), sshd.port(), "root", Privilege.ROOT, mode, Map.of());
	}

	/** Confirms what goes. */
	void switchTo(Node node, Mode mode) {
		RemovalScope scope = RemovalScope.node(node.name());
		try {
			this.removals.carryOut(scope, null, () -> this.nodes.put(draft(node.name(), mode), null));
		}
		catch (ConfirmationNeededException ex) {
			this.removals.carryOut(scope, ex.preview().digest(), () -> this.nodes.put(draft(node.name(), mode), null));
		}
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

	void check(Node node) {
		this.reconciler.checkNow(node.id());
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
	}

	String identityWith(SshKeyPair key) {
		String name = "job-person-" + NUMBERS.incrementAndGet();
		this.identities.create(new IdentityDraft(name, IdentityKind.PERSON, null, null));
		this.identities.addKey(name, key.publicKey(), null, null);
		return name;
	}

	Grant grant(String identity, Node node, String account, @Nullable Duration duration) {
		return this.grants.issue(new GrantDraft(new Subject(Subject.Kind.IDENTITY, identity),
				new Target(Target.Kind.NODE, node.name()), account, null, duration, null, null, GrantOptions.NONE));
	}

	Delivery settled(Grant grant) {
		this.deliveries.awaitSettled(grant.id(), PATIENCE);
		return this.deliveries.of(grant.id());
	}

	List<AccountState.Entry> entries(Node node, String account) {
		return this.nodeStates.accounts(node.id())
			.stream()
			.filter((state) -> state.account().equals(account))
			.flatMap((state) -> state.entries().stream())
			.toList();
	}

	Ssh ssh() {
		return Ssh.to(sshd());
	}

	String file(String account) {
		Path file = sshd().authorizedKeys(account);
		try {
			return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void until(BooleanSupplier condition) {
		await().atMost(PATIENCE).until(condition::getAsBoolean);
	}

}
