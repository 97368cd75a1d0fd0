package io.latchkey.secrets;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SecretVaultTests {

	private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

	private final SymmetricKey key = SymmetricKey.generate();

	private final SecretVault vault = Vaults.of(this.key);

	@Test
	void opensWhatItSealed() {
		byte[] sealed = this.vault.seal(SECRET, "t:c:1");
		assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("a private key");
		assertThat(Vaults.of(this.key).open(sealed, "t:c:1")).isEqualTo(SECRET);
	}

	@Test
	void sealsAnEmptySecret() {
		assertThat(this.vault.open(this.vault.seal(new byte[0], "t:c:1"), "t:c:1")).isEmpty();
	}

	@Test
	void neverSealsTwiceAlike() {
		assertThat(this.vault.seal(SECRET, "t:c:1")).isNotEqualTo(this.vault.seal(SECRET, "t:c:1"));
	}

	@Test
	void refusesWhatWasSealedForAnotherPlace() {
		byte[] sealed = this.vault.seal(SECRET, "t:c:1");
		assertThatExceptionOfType(SecretUnreadableException.class).isThrownBy(() -> this.vault.open(sealed, "t:c:2"))
			.withMessageContaining("t:c:2");
	}

	@Test
	void refusesWhatWasSealedUnderAnotherKey() {
		byte[] sealed = Vaults.fresh().seal(SECRET, "t:c:1");
		assertThatExceptionOfType(SecretUnreadableException.class).isThrownBy(() -> this.vault.open(sealed, "t:c:1"));
	}

	@Test
	void refusesWhatWasChangedInAnyByte() {
		byte[] sealed = this.vault.seal(SECRET, "t:c:1");
		for (int i = 0; i < sealed.length; i++) {
			byte[] changed = sealed.clone();
			changed[i] ^= 1;
			assertThatExceptionOfType(SecretUnreadableException.class)
				.isThrownBy(() -> this.vault.open(changed, "t:c:1"));
		}
	}

	@Test
	void refusesWhatWasCutOff() {
		assertThatExceptionOfType(SecretUnreadableException.class)
			.isThrownBy(() -> this.vault.open(new byte[3], "t:c:1"));
	}

	@Test
	void authenticatesForOnePlaceUnderOneKey() {
		SecretVault vault = Vaults.fresh();
		byte[] message = "12 abc".getBytes(StandardCharsets.UTF_8);
		byte[] code = vault.authenticate(message, "a:b:1");
		assertThat(code).hasSize(32).isEqualTo(vault.authenticate(message, "a:b:1"));
		assertThat(code).isNotEqualTo(vault.authenticate(message, "a:b:2"))
			.isNotEqualTo(vault.authenticate("13 abc".getBytes(StandardCharsets.UTF_8), "a:b:1"))
			.isNotEqualTo(Vaults.fresh().authenticate(message, "a:b:1"));
	}

}
