package io.latchkey.openssh;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyPolicyTests {

	private static final String MADE_FOR_2048_BITS = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAG0w13ukyBfeDkFjpW7XW1jVglRYoz+3w+tEfgh1Gyr0SbXkTpWuSW"
			+ "Vwlc3EP8pQPsjCp1JAnZeclOwkyfQRlEf6/bROYkIXB8g3XTsvBqnXLbD8K6ShJaRtOFquBxWdnBtBwWyHsGu/B2Z8"
			+ "0TypUrDXyTkeXguwj7iGtYJ+WMofxFqZ2wJxY7guc7yXwk0IONReXj1Dhn95tvotNnLySUQp203LjXawIKx0ReetoO"
			+ "F7XEuKRDxz3luWcNnMtXxb5SYH5sFPuYLCCwyVUGOBcjoDwcQq6yELx86WA5+lsYMqy0MwA2g9iE/nR9d3Wf26kLgP"
			+ "tCas+h6DFcx0hkS4svM=";

	@ParameterizedTest
	@ValueSource(strings = { SampleKeys.ED25519, SampleKeys.ED25519_SK, SampleKeys.ECDSA, SampleKeys.ECDSA_SK,
			SampleKeys.MLDSA44, SampleKeys.RSA })
	void letsStrongKeysPass(String text) {
		assertThatCode(() -> KeyPolicy.DEFAULT.check(PublicKey.parse(text))).doesNotThrowAnyException();
	}

	@Test
	void refusesDsa() {
		assertRefused(KeyPolicy.DEFAULT, SampleKeys.parse(SampleKeys.DSA), "DSA keys are too weak. Expected Ed25519");
	}

	@Test
	void refusesShortRsa() {
		assertRefused(KeyPolicy.DEFAULT, rsaOf(1024), "RSA with 1024 bits is too weak. Expected at least 2048 bits");
		assertRefused(KeyPolicy.DEFAULT, rsaOf(2040), "RSA with 2040 bits is too weak. Expected at least 2048 bits");
		assertRefused(new KeyPolicy(3072), SampleKeys.parse(SampleKeys.RSA), "Expected at least 3072 bits");
	}

	/** A modulus of 2047 bits is what was made where 2048 were asked for. */
	@Test
	void takesRsaForTheSizeThatItsMakerWasAskedFor() throws Exception {
		PublicKey made = PublicKeyText.parse(MADE_FOR_2048_BITS).key();
		assertThat(made.bits()).isEqualTo(2047);
		assertThatCode(() -> KeyPolicy.DEFAULT.check(made)).doesNotThrowAnyException();
		assertThatCode(() -> new KeyPolicy(3072).check(rsaOf(3071))).doesNotThrowAnyException();
		assertRefused(new KeyPolicy(2049), made, "RSA with 2047 bits is too weak. Expected at least 2049 bits");
	}

	@Test
	void refusesWhatSshdRefusesWhateverItWasMeantToBe() {
		assertThatCode(() -> new KeyPolicy(1024).check(rsaOf(1024))).doesNotThrowAnyException();
		assertRefused(new KeyPolicy(1024), rsaOf(1023), "RSA with 1023 bits is too weak");
	}

	@Test
	void refusesRsaThatAnybodyCanSignFor() {
		BigInteger modulus = BigInteger.TWO.pow(2048).subtract(BigInteger.ONE);
		assertRefused(KeyPolicy.DEFAULT, rsa(1, modulus), "can be forged");
		assertRefused(KeyPolicy.DEFAULT, rsa(65536, modulus), "can be forged");
		assertRefused(KeyPolicy.DEFAULT, rsa(65537, modulus.subtract(BigInteger.ONE)), "can be forged");
	}

	@ParameterizedTest
	@ValueSource(strings = { "00", "01", "0000000000000000000000000000000000000000000000000000000000000080",
			"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
			"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
			"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
			"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f" })
	void refusesEd25519ThatAnybodyCanSignFor(String point) throws InvalidKeyException {
		byte[] bytes = new byte[32];
		for (int i = 0; i < point.length() / 2; i++) {
			bytes[i] = (byte) Integer.parseInt(point.substring(2 * i, 2 * i + 2), 16);
		}
		PublicKey plain = PublicKey.of(new WireWriter().text("ssh-ed25519").string(bytes).toByteArray());
		assertRefused(KeyPolicy.DEFAULT, plain, "can be forged");
		PublicKey securityKey = PublicKey
			.of(new WireWriter().text("sk-ssh-ed25519@openssh.com").string(bytes).text("ssh:").toByteArray());
		assertRefused(KeyPolicy.DEFAULT, securityKey, "can be forged");
	}

	@Test
	void takesNoLeastSizeThatSshdDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> new KeyPolicy(1023));
	}

	private static PublicKey rsaOf(int bits) {
		return rsa(65537, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
	}

	private static PublicKey rsa(long exponent, BigInteger modulus) {
		return SampleKeys.of(new WireWriter().text("ssh-rsa").mpint(BigInteger.valueOf(exponent)).mpint(modulus));
	}

	private static void assertRefused(KeyPolicy policy, PublicKey key, String expected) {
		assertThatExceptionOfType(WeakKeyException.class).isThrownBy(() -> policy.check(key))
			.withMessageContaining(expected);
	}

}
