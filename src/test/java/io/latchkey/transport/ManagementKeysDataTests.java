package io.latchkey.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.latchkey.DataTest;
import io.latchkey.RequiresProgram;
import io.latchkey.secrets.SecretVault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@DataTest
@Import(ManagementKeys.class)
@EnableConfigurationProperties(ManagementKeyProperties.class)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@RecordApplicationEvents
class ManagementKeysDataTests {

	@Autowired
	ManagementKeys keys;

	@Autowired
	JdbcClient jdbc;

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
	void forget() {
		this.jdbc.sql("delete from management_key").update();
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
				properties, this.clock);
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
		ManagementKey second = transaction.execute((status) -> this.keys.addNewest().orElseThrow());
		assertThat(transaction.<Boolean>execute((status) -> this.keys.addNewest().isEmpty())).isTrue();
		assertThat(this.keys.all()).containsExactly(second, first);
		assertThat(this.keys.publicKey()).isEqualTo(second.publicKey());
		assertThat(this.keys.privateKeys(new Secret.ManagementKey())).hasSize(2);
		assertThat(this.keys.privateKeys(new Secret.ManagementKey(Set.of(first.id())))).hasSize(1);
		assertThat(transaction.<List<ManagementKey>>execute((status) -> this.keys.retireOlder()))
			.containsExactly(first);
		assertThat(this.keys.all()).containsExactly(second);
	}

	private ManagementKeys instance() {
		return new ManagementKeys(this.jdbc, this.vault, this.transactions, this.publisher,
				ManagementKeyProperties.NONE, this.clock);
	}

}
