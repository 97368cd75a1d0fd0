package io.latchkey.reconcile;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.core.InvalidInputException;
import io.latchkey.grants.Grant;
import io.latchkey.inventory.Mode;
import io.latchkey.inventory.Node;
import io.latchkey.managementkeys.AgentWatch;
import io.latchkey.managementkeys.KeyRotations;
import io.latchkey.managementkeys.ManagementKey;
import io.latchkey.managementkeys.ManagementKey.Holder;
import io.latchkey.managementkeys.ManagementKeys;
import io.latchkey.managementkeys.NextKey;
import io.latchkey.nodestate.NodeState;
import io.latchkey.openssh.Fingerprint;
import io.latchkey.ssh.ManagementKeyAgent;
import io.latchkey.sshd.SshAgent;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import io.latchkey.sshd.SshdNode;
import io.latchkey.sshd.SshdNodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A real agent holds the management key, and fails in the ways that agents do. */
@RequiresProgram({ "ssh-agent", "ssh-add" })
@TestMethodOrder(MethodOrderer.MethodName.class)
class AgentSshdTests extends JobOnSshd {

	@RegisterExtension
	static final SshdNodes SSHD = SshdNodes.count(1);

	private static final SshAgent AGENT = SshAgent.named("management");

	/** For RSA the agent has to be told to sign with SHA-2. */
	private static final SshKeyPair RSA = SshKeys.generate("rsa", "-b", "2048");

	private static final SshKeyPair ECDSA = SshKeys.generate("ecdsa");

	@Autowired
	private ManagementKeys keys;

	@Autowired
	private ManagementKeyAgent agent;

	@Autowired
	private AgentWatch watch;

	@Autowired
	private KeyRotations rotations;

	@Autowired
	private JdbcClient jdbc;

	/** What a good agent needs on a busy machine, and what one that hangs costs. */
	private static final Duration TIMEOUT = Duration.ofSeconds(Patience.of(Duration.ofSeconds(2)).toSeconds());

	@DynamicPropertySource
	static void theAgent(DynamicPropertyRegistry properties) {
		AGENT.start(RSA);
		properties.add("latchkey.management-key.agent.socket", AGENT.socket()::toString);
		properties.add("latchkey.management-key.agent.timeout", TIMEOUT::toString);
	}

	@AfterAll
	static void stopTheAgent() {
		AGENT.close();
	}

	@Override
	SshdNode sshd() {
		return SSHD.first();
	}

	@BeforeEach
	void begin() {
		AGENT.start(RSA, ECDSA);
		sshd().authorize("root");
	}

	@AfterEach
	void endTheRotation() {
		AGENT.start(RSA, ECDSA);
		forgetTheNodes();
		assertThat(this.rotations.underWay()).isEmpty();
	}

	@Test
	void aNodeIsEnrolledAndKeptRightWithoutAPrivateKeyInLatchkey() {
		Node node = enrolledNode(Mode.ADDITIVE);
		SshKeyPair alice = SshKeys.generate();
		Grant grant = grant(identityWith(alice), node, "root", null);
		settled(grant);
		assertThat(ssh().letsIn("root", alice)).isTrue();
		assertThat(present().holder()).isEqualTo(Holder.AGENT);
		assertThat(this.jdbc.sql("select count(*) from management_key where private_key is not null")
			.query(Long.class)
			.single()).isZero();
		assertThat(this.jdbc.sql("select count(*) from audit_record where action = 'management-key.taken-from-agent'")
			.query(Long.class)
			.single()).isPositive();
		this.grants.revoke(grant.id());
		settled(grant);
		assertThat(ssh().letsIn("root", alice)).isFalse();
	}

	@Test
	void anAgentThatIsGoneIsSaidAndNothingIsLostUntilItIsBack() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		AGENT.close();
		SshKeyPair alice = SshKeys.generate();
		Grant grant = grant(identityWith(alice), node, "root", null);
		check(node);
		isUnreachable(node, "Connection refused");
		this.watch.look();
		assertThat(this.agent.trouble()).isPresent();

		AGENT.start(RSA);
		this.watch.look();
		assertThat(this.agent.trouble()).isEmpty();
		until(() -> ssh().letsIn("root", alice));
		settled(grant);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void anAgentThatNeverAnswersCostsNoMoreThanItsDeadline() throws IOException {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		try (ServerSocketChannel mute = AGENT.hang()) {
			assertThat(mute.isOpen()).isTrue();
			long begun = System.nanoTime();
			check(node);
			assertThat(Duration.ofNanos(System.nanoTime() - begun))
				.isLessThan(TIMEOUT.plus(Patience.of(Duration.ofSeconds(4))));
			isUnreachable(node, "no answer within %d s".formatted(TIMEOUT.toSeconds()));
		}
		AGENT.start(RSA);
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
	}

	@Test
	void anAgentThatIsLockedOrWithoutTheKeySaysSo() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		AGENT.lock();
		check(node);
		isUnreachable(node, "it is empty or locked");
		AGENT.unlock();
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);
		AGENT.remove(RSA);
		check(node);
		isUnreachable(node, "does not hold " + RSA.fingerprint() + ", but 1 other");
	}

	@Test
	void movesToAnotherKeyOfTheAgentsAndToLatchkeysOwnAndBack() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);

		rotated(new NextKey(Holder.AGENT, Fingerprint.parse(ECDSA.fingerprint())), ECDSA.publicKey());
		AGENT.remove(RSA);
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);

		rotated(NextKey.MADE, null);
		assertThat(present().holder()).isEqualTo(Holder.LATCHKEY);
		AGENT.close();
		check(node);
		assertThat(this.nodeStates.of(node.id()).state()).isEqualTo(NodeState.IN_SYNC);

		AGENT.start(RSA);
		rotated(new NextKey(Holder.AGENT, null), RSA.publicKey());
		assertThat(this.jdbc.sql("select count(*) from management_key where private_key is not null")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void movesOnlyToAKeyThatTheAgentHoldsAndThatIsNobodyElses() {
		Fingerprint present = present().fingerprint();
		isRefused(new NextKey(Holder.AGENT, present), "management-key.present");
		isRefused(new NextKey(Holder.AGENT, Fingerprint.parse(SshKeys.generate().fingerprint())),
				"management-key.agent-lacks");
		AGENT.add(SshKeys.generate());
		isRefused(new NextKey(Holder.AGENT, null), "management-key.agent-several");
		AGENT.start(RSA);
		isRefused(new NextKey(Holder.AGENT, null), "management-key.agent-empty");
		SshKeyPair alice = SshKeys.generate();
		identityWith(alice);
		AGENT.add(alice);
		isRefused(new NextKey(Holder.AGENT, null), "management-key.of-identity");
		AGENT.close();
		isRefused(new NextKey(Holder.AGENT, null), "verbatim");
		assertThat(this.keys.all()).hasSize(1);
	}

	@Test
	void whileTheNextKeyIsNotToBeHadTheOneBeforeGoesOn() {
		Node node = enrolledNode(Mode.ADDITIVE);
		this.deliveries.awaitSettled(List.of(node.id()), PATIENCE);
		sshd().stop();
		this.rotations.start(new NextKey(Holder.AGENT, Fingerprint.parse(ECDSA.fingerprint())));
		AGENT.remove(ECDSA);
		sshd().start();
		SshKeyPair alice = SshKeys.generate();
		settled(grant(identityWith(alice), node, "root", null));
		assertThat(ssh().letsIn("root", alice)).isTrue();
		assertThat(this.rotations.underWay()).isPresent();

		AGENT.add(ECDSA);
		check(node);
		until(() -> this.rotations.underWay().isEmpty());
		assertThat(file("root")).contains(ECDSA.publicKey().split(" ")[1])
			.doesNotContain(RSA.publicKey().split(" ")[1]);
		rotated(new NextKey(Holder.AGENT, Fingerprint.parse(RSA.fingerprint())), RSA.publicKey());
	}

	private void rotated(NextKey next, @Nullable String publicKey) {
		this.rotations.start(next);
		until(() -> this.rotations.underWay().isEmpty());
		assertThat(file("root")).contains(this.keys.publicKey().render());
		if (publicKey != null) {
			assertThat(publicKey).startsWith(this.keys.publicKey().render());
		}
	}

	private void isRefused(NextKey next, String code) {
		assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> this.rotations.start(next))
			.satisfies((ex) -> assertThat(ex.faults()).singleElement()
				.satisfies((fault) -> assertThat(fault.code()).isEqualTo(code)));
	}

	private void isUnreachable(Node node, String why) {
		until(() -> this.nodeStates.of(node.id()).state() == NodeState.UNREACHABLE);
		assertThat(this.nodeStates.of(node.id()).remarks().detail()).startsWith("the SSH agent at " + AGENT.socket())
			.contains(why)
			.contains("ssh-add");
	}

	private ManagementKey present() {
		return this.keys.all().get(0);
	}

}
