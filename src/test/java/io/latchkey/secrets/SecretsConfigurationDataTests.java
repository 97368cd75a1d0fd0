package io.latchkey.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import io.latchkey.DataTest;
import io.latchkey.core.StartRefusedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DataTest
class SecretsConfigurationDataTests {

	private static final byte[] SECRET = { 1, 2, 3 };

	@TempDir
	Path folder;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionOperations transactions;

	SecretsInstallation installation;

	@BeforeEach
	void startWithoutACanary() {
		this.jdbc.sql("delete from secret_canary").update();
		this.jdbc.sql("delete from secret_data_key").update();
		this.installation = new SecretsInstallation(this.folder, this.jdbc, this.transactions);
	}

	@Test
	void makesItsOwnKeyAtTheFirstStartAndKeepsIt() {
		byte[] sealed = start(null).seal(SECRET, "t:c:1");
		assertThat(this.folder.resolve("secret.key")).exists();
		assertThat(start(null).open(sealed, "t:c:1")).isEqualTo(SECRET);
	}

	@Test
	void takesTheKeyOfTheEnvironmentAndMakesNoFile() {
		String key = SymmetricKey.generate().render();
		byte[] sealed = start(key).seal(SECRET, "t:c:1");
		assertThat(this.folder).isEmptyDirectory();
		assertThat(start(key).open(sealed, "t:c:1")).isEqualTo(SECRET);
	}

	@Test
	void movesFromTheFileToTheEnvironment() throws IOException {
		byte[] sealed = start(null).seal(SECRET, "t:c:1");
		String key = Files.readString(this.folder.resolve("secret.key"));
		assertThat(start(key).open(sealed, "t:c:1")).isEqualTo(SECRET);
	}

	@Test
	void refusesToStartWithAMalformedKey() {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start("too short"))
			.withMessageContaining("LATCHKEY_SECRET_KEY")
			.withMessageNotContaining("too short");
	}

	@Test
	void refusesToStartWithAnotherKeyInTheEnvironment() {
		start(SymmetricKey.generate().render());
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(SymmetricKey.generate().render()))
			.withMessageContaining("sealed with another key")
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	@Test
	void refusesToStartWithAnotherKeyInTheFile() throws IOException {
		start(null);
		Files.writeString(this.folder.resolve("secret.key"), SymmetricKey.generate().render());
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(null))
			.withMessageContaining("sealed with another key")
			.withMessageContaining("secret.key");
	}

	@Test
	void makesNoNewKeyWhenTheOldOneIsMissing() throws IOException {
		start(null);
		Files.delete(this.folder.resolve("secret.key"));
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(null))
			.withMessageContaining("the key is missing")
			.satisfies((ex) -> assertThat(ex.action()).contains("backup"));
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void takesTheKeyThatSystemdHands() throws IOException {
		Path credentials = Files.createDirectory(this.folder.resolve("credentials"));
		Files.writeString(credentials.resolve("latchkey-secret-key"), SymmetricKey.generate().render() + "\n");
		byte[] sealed = this.installation.vault(null, null, credentials).seal(SECRET, "t:c:1");
		assertThat(this.folder.resolve("secret.key")).doesNotExist();
		assertThat(this.installation.vault(null, null, credentials).open(sealed, "t:c:1")).isEqualTo(SECRET);
	}

	@Test
	void opensWhatAnEarlierVersionSealedWithTheKeyItself() {
		SymmetricKey key = SymmetricKey.generate();
		new Canary(this.jdbc).keep(key);
		byte[] sealed = Vaults.of(key).seal(SECRET, "t:c:1");
		byte[] code = Vaults.of(key).authenticate(SECRET, "t:c:1");
		SecretVault vault = start(key.render());
		assertThat(vault.open(sealed, "t:c:1")).isEqualTo(SECRET);
		assertThat(vault.attests(HexFormat.of().formatHex(code), SECRET, "t:c:1")).isTrue();
	}

	@Test
	void refusesToStartWithAnotherKeyThanAnEarlierVersionSealedWith() {
		new Canary(this.jdbc).keep(SymmetricKey.generate());
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> start(SymmetricKey.generate().render()))
			.withMessageContaining("sealed with another key");
	}

	@Test
	void knowsTheFormerKeyBesidesTheCurrentOne() {
		String former = SymmetricKey.generate().render();
		byte[] sealed = start(former).seal(SECRET, "t:c:1");
		SecretVault vault = this.installation.vault(SymmetricKey.generate().render(), former, null);
		assertThat(vault.open(sealed, "t:c:1")).isEqualTo(SECRET);
	}

	private SecretVault start(@Nullable String secretKey) {
		return this.installation.vault(secretKey, null, null);
	}

}
