package io.latchkey.managementkeys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.latchkey.Patience;
import io.latchkey.RequiresProgram;
import io.latchkey.Tables;
import io.latchkey.UnscheduledTest;
import io.latchkey.core.Fault;
import io.latchkey.core.InvalidInputException;
import io.latchkey.core.StartRefusedException;
import io.latchkey.inventory.ManagementKeyKind;
import io.latchkey.secrets.SecretVault;
import io.latchkey.ssh.AgentProperties;
import io.latchkey.ssh.Secret;
import io.latchkey.ssh.TestConnections;
import io.latchkey.sshd.SshAgent;
import io.latchkey.sshd.SshKeyPair;
import io.latchkey.sshd.SshKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@UnscheduledTest
@RecordApplicationEvents
class ManagementKeysDataTests {

	@Autowired
	ManagementKeys keys;

	@Autowired
	KeyGenerations generations;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Tables tables;

	@Autowired
	SecretVault vault;

	@Autowired
	PlatformTransactionManager transactions;

	@Autowired
	ApplicationEventPublisher publisher;

	@Autowired
	Clock clock;

	@Autowired
	ApplicationEvents events;

	@TempDir
	Path folder;

	@BeforeEach
	@AfterEach
	void clear() {
		this.tables.clear();
	}

	@Test
	void makesOneKeyAndKeepsIt() {
		String line = this.keys.authorizedKeysLine();
		assertThat(line).matches("ssh-ed25519 \\S+ latchkey");
		assertThat(instance().authorizedKeysLine()).isEqualTo(line);
		assertThat(this.events.stream(ManagementKeyGenerated.class)).singleElement()
			.isEqualTo(new ManagementKeyGenerated(this.keys.publicKey().fingerprint()));
	}

	@Test
	void givesTheSameKeyToInstancesThatStartAtOnce() {
		List<ManagementKeys> instances = IntStream.range(0, 8).mapToObj((i) -> instance()).toList();
		Set<String> lines = ConcurrentHashMap.newKeySet();
		instances.parallelStream().forEach((each) -> lines.add(each.authorizedKeysLine()));
		assertThat(lines).hasSize(1);
	}

	@Test
	void keepsThePrivateHalfSealed() {
		byte[] privateKey = this.keys.privateKey();
		assertThat(new String(privateKey, StandardCharsets.UTF_8)).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
		String stored = this.jdbc.sql("select private_key from management_key").query(String.class).single();
		assertThat(java.util.Base64.getDecoder().decode(stored)).asString(StandardCharsets.ISO_8859_1)
			.doesNotContain("OPENSSH")
			.doesNotContain(new String(privateKey, 100, 40, StandardCharsets.ISO_8859_1));
	}

	@Test
	@RequiresProgram("ssh-keygen")
	void makesAKeyThatOpenSshReads() throws Exception {
		Path file = Files.write(this.folder.resolve("key"), this.keys.privateKey());
		file.toFile().setReadable(false, false);
		file.toFile().setReadable(true, true);
		Process keygen = new ProcessBuilder("ssh-keygen", "-y", "-f", file.toString()).start();
		assertThat(new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.startsWith(this.keys.publicKey().render());
	}

	@Test
	void putsTheOptionsBeforeTheKey() {
		ManagementKeyProperties properties = new ManagementKeyProperties(true, List.of("192.0.2.0/24", "2001:db8::1"));
		ManagementKeys restricted = new ManagementKeys(this.jdbc, this.vault, this.transactions, this.publisher,
				properties, TestConnections.noAgent(), this.clock);
		assertThat(restricted.authorizedKeysLine())
			.startsWith("restrict,from=\"192.0.2.0/24,2001:db8::1\" ssh-ed25519 ")
			.endsWith(" latchkey");
		assertThatIllegalArgumentException().isThrownBy(() -> new ManagementKeyProperties(true, List.of("a\" b")))
			.withMessageContaining("latchkey.management-key.from");
	}

	@Test
	void hasTwoKeysDuringARotationAndOneAfterIt() {
		TransactionTemplate transaction = new TransactionTemplate(this.transactions);
		ManagementKey first = this.keys.all().get(0);
		NewKeys made = this.generations.prepare(NextKey.MADE);
		assertThat(transaction.<Boolean>execute((status) -> this.generations.add(made))).isTrue();
		assertThat(transaction.<Boolean>execute((status) -> this.generations.add(made))).isFalse();
		ManagementKey second = this.keys.all().get(0);
		assertThat(this.keys.all()).containsExactly(second, first);
		assertThat(this.keys.publicKey()).isEqualTo(second.publicKey());
		assertThat(this.keys.open(new Secret.ManagementKey()).get(0).fingerprint()).isEqualTo(second.fingerprint());
		assertThat(this.keys.open(Secret.ManagementKey.only(List.of(first.id()))).get(0).fingerprint())
			.isEqualTo(first.fingerprint());
		assertThat(transaction.<List<ManagementKey>>execute((status) -> this.generations.retireOlder()))
			.containsExactly(first);
		assertThat(this.keys.all()).containsExactly(second);
	}

	@ParameterizedTest
	@EnumSource(ManagementKeyKind.class)
	@RequiresProgram("ssh-keygen")
	void makesOneOfEachKindWhenItIsNeeded(ManagementKeyKind kind) throws Exception {
		String usual = this.keys.authorizedKeysLine();
		this.keys.require(kind);
		ManagementKey made = this.keys.newest(kind);
		assertThat(made.kind()).isEqualTo(kind);
		assertThat(kind.isOf(made.publicKey())).isTrue();
		assertThat(ManagementKeyKind.signaturesOf(made.publicKey())).isEqualTo(kind.signatures());
		assertThat(this.keys.kindOf(made.publicKey())).contains(kind);
		assertThat(this.keys.authorizedKeysLine()).isEqualTo(usual);
		assertThat(instance().newest(kind)).isEqualTo(made);
		assertThat(this.keys.open(new Secret.ManagementKey(kind, List.of())).get(0).fingerprint())
			.isEqualTo(made.fingerprint());
	}

	@Test
	void rotatesEachKindByItself() {
		TransactionTemplate transaction = new TransactionTemplate(this.transactions);
		this.keys.require(ManagementKeyKind.ECDSA_256);
		List<ManagementKey> before = this.keys.newest();
		try (NewKeys made = this.generations.prepare(NextKey.MADE)) {
			transaction.execute((status) -> this.generations.add(made));
		}
		assertThat(this.generations.isRotating()).isTrue();
		assertThat(this.keys.newest()).extracting(ManagementKey::kind)
			.containsExactly(ManagementKeyKind.USUAL, ManagementKeyKind.ECDSA_256);
		assertThat(this.keys.newest()).doesNotContainAnyElementsOf(before);
		assertThat(transaction.<List<ManagementKey>>execute((status) -> this.generations.retireOlder()))
			.containsExactlyInAnyOrderElementsOf(before);
		assertThat(this.generations.isRotating()).isFalse();
	}

	@Test
	void choosesTheKindThatSshdTakes() {
		ManagementKeyKind usual = ManagementKeyKind.USUAL;
		assertThat(this.keys.fitting(usual, Set.of())).as("nothing is known").isEqualTo(usual);
		assertThat(this.keys.fitting(usual, Set.of("ssh-ed25519", "ecdsa-sha2-nistp256"))).isEqualTo(usual);
		assertThat(this.keys.fitting(usual, Set.of("ecdsa-sha2-nistp384", "rsa-sha2-256")))
			.isEqualTo(ManagementKeyKind.ECDSA_384);
		assertThat(this.keys.fitting(usual, Set.of("rsa-sha2-512"))).isEqualTo(ManagementKeyKind.RSA);
		assertThat(this.keys.fitting(ManagementKeyKind.RSA, Set.of("ecdsa-sha2-nistp256", "rsa-sha2-256")))
			.as("as it was set")
			.isEqualTo(ManagementKeyKind.RSA);
		assertThat(this.keys.fitting(usual, Set.of("ssh-dss"))).as("none that fits").isEqualTo(usual);
	}

	@Test
	@RequiresProgram({ "ssh-agent", "ssh-add" })
	void looksForTheOtherKindsWhereTheAgentHoldsTheUsualOne() {
		SshKeyPair usual = SshKeys.generate();
		SshKeyPair ecdsa = SshKeys.generate("ecdsa");
		try (SshAgent agent = SshAgent.named("kinds").start(usual)) {
			ManagementKeys ofAgent = instance(agent, null);
			ofAgent.afterPropertiesSet();
			assertThat(ofAgent.publicKey().fingerprint().value()).isEqualTo(usual.fingerprint());
			assertThatExceptionOfType(InvalidInputException.class)
				.isThrownBy(() -> ofAgent.require(ManagementKeyKind.ECDSA_256))
				.satisfies((ex) -> assertThat(ex.faults()).singleElement()
					.extracting(Fault::code)
					.isEqualTo("management-key.agent-lacks-kind"));
			agent.add(ecdsa);
			ofAgent.require(ManagementKeyKind.ECDSA_256);
			assertThat(ofAgent.newest(ManagementKeyKind.ECDSA_256)).satisfies((key) -> {
				assertThat(key.holder()).isEqualTo(ManagementKey.Holder.AGENT);
				assertThat(key.fingerprint().value()).isEqualTo(ecdsa.fingerprint());
			});
		}
	}

	@Test
	@RequiresProgram({ "ssh-agent", "ssh-add" })
	void takesTheFirstFromTheAgentAndMakesNone() {
		SshKeyPair one = SshKeys.generate();
		try (SshAgent agent = SshAgent.named("first").start(one)) {
			ManagementKeys ofAgent = instance(agent, null);
			ofAgent.afterPropertiesSet();
			assertThat(ofAgent.all()).singleElement().satisfies((key) -> {
				assertThat(key.fingerprint().value()).isEqualTo(one.fingerprint());
				assertThat(key.holder()).isEqualTo(ManagementKey.Holder.AGENT);
			});
			assertThat(this.events.stream(ManagementKeyGenerated.class)).isEmpty();
			assertThat(this.events.stream(ManagementKeyTaken.class)).hasSize(1);
			assertThat(this.jdbc.sql("select count(*) from management_key where private_key is not null")
				.query(Long.class)
				.single()).isZero();
		}
	}

	@Test
	@RequiresProgram({ "ssh-agent", "ssh-add" })
	void doesNotStartWithoutKnowingWhichKeyTheAgentIsToHold() {
		SshKeyPair one = SshKeys.generate();
		SshKeyPair other = SshKeys.generate("ecdsa");
		try (SshAgent agent = SshAgent.named("choice").start()) {
			isRefused(instance(agent, null), "empty or locked");
			agent.add(one);
			agent.add(other);
			isRefused(instance(agent, null), "Expected a single usable key, but it holds " + one.fingerprint());
			isRefused(instance(agent, SshKeys.generate().fingerprint()), "but it holds " + one.fingerprint());
			ManagementKeys named = instance(agent, other.fingerprint());
			named.afterPropertiesSet();
			assertThat(named.publicKey().fingerprint().value()).isEqualTo(other.fingerprint());
			this.jdbc.sql("delete from management_key").update();
		}
		isRefused(instance(SshAgent.named("choice"), null), "the SSH agent at ");
	}

	@Test
	@RequiresProgram({ "ssh-agent", "ssh-add" })
	void locksNobodyOutWhenAnAgentIsSetUpOrTakenAwayWithoutARotation() {
		SshKeyPair one = SshKeys.generate();
		ManagementKey own = this.keys.all().get(0);
		try (SshAgent agent = SshAgent.named("switch").start(one)) {
			ManagementKeys ofAgent = instance(agent, null);
			ofAgent.afterPropertiesSet();
			assertThat(ofAgent.all()).containsExactly(own);
			this.jdbc.sql("delete from management_key").update();
			ofAgent.afterPropertiesSet();
			assertThat(ofAgent.publicKey().fingerprint().value()).isEqualTo(one.fingerprint());
			isRefused(instance(), "latchkey.management-key.agent.socket is not set");
		}
		instance(SshAgent.named("switch"), null).afterPropertiesSet();
	}

	private static void isRefused(ManagementKeys keys, String why) {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(keys::afterPropertiesSet)
			.withMessageContaining(why);
	}

	private ManagementKeys instance(SshAgent agent, @Nullable String key) {
		AgentProperties properties = new AgentProperties(agent.socket().toString(), key,
				Patience.of(Duration.ofSeconds(2)));
		return new ManagementKeys(this.jdbc, this.vault, this.transactions, this.publisher,
				ManagementKeyProperties.NONE, TestConnections.agent(properties), this.clock);
	}

	private ManagementKeys instance() {
		return new ManagementKeys(this.jdbc, this.vault, this.transactions, this.publisher,
				ManagementKeyProperties.NONE, TestConnections.noAgent(), this.clock);
	}

}
