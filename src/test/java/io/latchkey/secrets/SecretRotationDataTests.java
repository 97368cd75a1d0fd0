package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import io.latchkey.DataTest;
import io.latchkey.core.StartRefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
class SecretRotationDataTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final int VALUES = 50;

	@TempDir
	Path folder;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionOperations transactions;

	SecretsInstallation installation;

	@BeforeEach
	void sealSomething() {
		this.jdbc.sql("delete from secret_canary").update();
		this.jdbc.sql("delete from secret_data_key").update();
		this.installation = new SecretsInstallation(this.folder, this.jdbc, this.transactions);
		this.installation.columns.addBean("answers",
				new SealedColumn("idempotent_answer", "request", "id", "caller || ':' || idempotency_key"));
		this.installation.columns.addBean("keys", new SealedColumn("management_key", "private_key"));
		SecretVault vault = vault();
		for (int i = 0; i < VALUES; i++) {
			this.jdbc.sql("""
					insert into idempotent_answer (caller, idempotency_key, request, claimed_at)
					values ('bob', ?, ?, current_timestamp)""")
				.params("k" + i, seal(vault, "idempotent_answer:request:bob:k" + i, "secret " + i))
				.update();
		}
	}

	@Test
	void sealsEverythingAnewUnderANewKeyAndTakesANewFile() throws Exception {
		String before = Files.readString(this.folder.resolve("secret.key"));
		SecretsState state = rotation().rotate(LONG);
		assertThat(state.left()).isZero();
		assertThat(state.wrappedElsewhere()).isZero();
		assertThat(state.isUnderWay()).isFalse();
		assertThat(state.dataKeys()).hasSize(2).extracting(SecretsState.DataKey::current).containsExactly(false, true);
		assertThat(this.folder.resolve("secret.key")).content().isNotEqualTo(before);
		Files.delete(this.folder.resolve("secret.key.former"));
		assertOpens(vault());
		assertThat(this.installation.events).hasOnlyElementsOfTypes(DataKeyMade.class, DataKeyMoved.class).hasSize(2);
	}

	@Test
	void goesOnWhereItWasStopped() {
		assertThat(rotation().rotate(Duration.ZERO).left()).isEqualTo(VALUES - 20);
		assertOpens(vault());
		assertThat(rotation().rotate(Duration.ZERO).left()).isEqualTo(VALUES - 40);
		SecretsState state = rotation().rotate(LONG);
		assertThat(state.left()).isZero();
		assertThat(state.dataKeys()).hasSize(2);
		assertOpens(vault());
	}

	@Test
	void goesOnAfterAKillBetweenTheDatabaseAndTheFile() {
		SecretVault open = vault();
		KeyFile file = KeyFile.in(this.folder);
		file.copyTo(file.former());
		file.next().create();
		OuterKey next = new LocalOuterKey(file.next().read(), "next");
		DataKeyRepository repository = new DataKeyRepository(this.jdbc);
		OuterKey current = new LocalOuterKey(file.read(), "current");
		repository.oldestFirst().forEach((row) -> repository.rewrap(row, WrappedKey.of(row.unwrap(current), next)));
		assertOpens(open);
		assertOpens(vault());
		assertThat(rotation().state().isUnderWay()).isTrue();
		SecretsState state = rotation().rotate(LONG);
		assertThat(state.fileChanging()).isFalse();
		assertThat(state.outerKey()).isEqualTo(next.id());
		assertThat(state.wrappedElsewhere()).isZero();
		assertOpens(vault());
	}

	@Test
	void needsTheFormerKeyOfTheEnvironmentUntilItHasRun() {
		String former = KeyFile.in(this.folder).read().render();
		String key = SymmetricKey.generate().render();
		SecretRotation rotation = this.installation.rotation(key, former);
		assertThat(rotation.state().wrappedElsewhere()).isOne();
		assertThat(rotation.rotate(LONG).wrappedElsewhere()).isZero();
		assertOpens(this.installation.vault(key, null, null));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> this.installation.vault(former, null, null))
			.withMessageContaining("sealed with another key");
	}

	@Test
	void losesNothingThatIsWrittenMeanwhile() {
		SymmetricKey other = SymmetricKey.generate();
		SealedRows rows = new SealedRows(this.jdbc);
		SealedRows.Row row = rows
			.next(new SealedColumn("idempotent_answer", "request", "id", "caller || ':' || idempotency_key"), other,
					null, 1)
			.get(0);
		this.jdbc.sql("update idempotent_answer set request = 'newer' where id = ?").param(row.key()).update();
		assertThat(rows.replace(row, new byte[10])).isFalse();
	}

	@Test
	void leavesAndCountsWhatDoesNotOpen() {
		this.jdbc.sql("update idempotent_answer set request = ? where idempotency_key = 'k3'")
			.param(Base64.getEncoder().encodeToString(Vaults.fresh().seal(new byte[3], "elsewhere")))
			.update();
		assertThat(rotation().rotate(LONG).left()).isOne();
	}

	@Test
	void keepsWhatWasSignedAndAttestedBefore() {
		SecretVault before = vault();
		byte[] message = "4 abc".getBytes(StandardCharsets.UTF_8);
		String attestation = before.attest(message, "audit:1");
		String signed = before.signer("form").sign("hello");
		rotation().rotate(LONG);
		SecretVault after = vault();
		assertThat(after.attests(attestation, message, "audit:1")).isTrue();
		assertThat(after.signer("form").open(signed)).hasValue("hello");
		assertThat(after.attest(message, "audit:1")).isNotEqualTo(attestation);
		assertThat(before.attests(after.attest(message, "audit:1"), message, "audit:1")).isTrue();
		assertThat(after.attests(attestation.replace('.', '0'), message, "audit:1")).isFalse();
	}

	@Test
	void isNoticedByAnotherInstanceThatRuns() {
		SecretVault other = vault();
		rotation().rotate(LONG);
		assertOpens(other);
	}

	@Test
	void knowsEverySealedColumnOfTheApplication() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> new SecretVault(new Keyring(new Keys(List.of(SymmetricKey.generate())), (known) -> known,
					java.time.Clock.systemUTC()), (context) -> false)
				.seal(new byte[1], "new_table:secret:1"))
			.withMessageContaining("new_table:secret:1");
	}

	private void assertOpens(SecretVault vault) {
		for (int i = 0; i < VALUES; i++) {
			String sealed = this.jdbc.sql("select request from idempotent_answer where idempotency_key = ?")
				.param("k" + i)
				.query(String.class)
				.single();
			assertThat(vault.open(Base64.getDecoder().decode(sealed), "idempotent_answer:request:bob:k" + i))
				.isEqualTo(("secret " + i).getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String seal(SecretVault vault, String context, String secret) {
		return Base64.getEncoder().encodeToString(vault.seal(secret.getBytes(StandardCharsets.UTF_8), context));
	}

	private SecretVault vault() {
		return this.installation.vault(null, null, null);
	}

	private SecretRotation rotation() {
		return this.installation.rotation(null, null);
	}

}
