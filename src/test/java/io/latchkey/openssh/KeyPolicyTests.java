package io.latchkey.openssh;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyPolicyTests {

	@ParameterizedTest
	@ValueSource(strings = { SampleKeys.ED25519, SampleKeys.ED25519_SK, SampleKeys.ECDSA, SampleKeys.ECDSA_SK,
			SampleKeys.RSA })
	void letsStrongKeysPass(String text) {
		assertThatCode(() -> KeyPolicy.DEFAULT.check(PublicKey.parse(text))).doesNotThrowAnyException();
	}

	@Test
	void refusesDsa() {
		assertRefused(KeyPolicy.DEFAULT, SampleKeys.parse(SampleKeys.DSA), "DSA keys are too weak. Expected Ed25519");
	}

	@Test
	void refusesShortRsa() {
		assertRefused(KeyPolicy.DEFAULT, rsa(65537, BigInteger.TWO.pow(2047).subtract(BigInteger.ONE)),
				"RSA with 2047 bits is too weak. Expected at least 2048 bits");
		assertRefused(new KeyPolicy(3072), SampleKeys.parse(SampleKeys.RSA), "Expected at least 3072 bits");
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

	private static PublicKey rsa(long exponent, BigInteger modulus) {
		return SampleKeys.of(new WireWriter().text("ssh-rsa").mpint(BigInteger.valueOf(exponent)).mpint(modulus));
	}

	private static void assertRefused(KeyPolicy policy, PublicKey key, String expected) {
		assertThatExceptionOfType(WeakKeyException.class).isThrownBy(() -> policy.check(key))
			.withMessageContaining(expected);
	}

}
