package io.latchkey.openssh;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PublicKeyTests {

	@ParameterizedTest
	@ValueSource(strings = { SampleKeys.ED25519, SampleKeys.ED25519_SK, SampleKeys.ECDSA, SampleKeys.ECDSA_SK,
			SampleKeys.MLDSA44, SampleKeys.RSA, SampleKeys.DSA })
	void rendersWhatItRead(String text) throws InvalidKeyException {
		PublicKey key = PublicKey.parse(text);
		assertThat(key.render()).isEqualTo(text);
		assertThat(PublicKey.of(key.blob())).isEqualTo(key).hasSameHashCodeAs(key);
		assertThat(text).startsWith(key.type() + " ");
	}

	/** As {@code ssh-keygen -l} of OpenSSH 10.6 has it. */
	@Test
	void knowsTheKeysOfOpenSsh106() throws InvalidKeyException {
		PublicKey key = PublicKey.parse(SampleKeys.MLDSA44);
		assertThat(key.fingerprint().value()).isEqualTo("SHA256:xFRx+hPBO+vjsQmR96cn2W44bKUSp/Ktq02cBWClwqU");
		assertThat(key.algorithm()).isEqualTo("MLDSA44-ED25519");
		assertThat(key.bits()).isEqualTo(512);
		byte[] short1 = Arrays.copyOf(key.blob(), 27);
		assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> PublicKey.of(short1));
	}

	@Test
	void refusesAKeyOfAnotherTypeThanTheTextSays() {
		String base64 = SampleKeys.ED25519.split(" ")[1];
		assertRefused("ssh-rsa " + base64, "says that the key is ssh-rsa, its base64 says ssh-ed25519");
		assertRefused("ecdsa-sha2-nistp384 " + SampleKeys.ECDSA.split(" ")[1], "base64 says ecdsa-sha2-nistp256");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "''|Expected the key's type, a blank and its base64", "ssh-ed25519|a blank and its base64",
					"ssh-foo AAAA|does not know the key type ssh-foo. Expected one of ssh-ed25519",
					"c2VjcmV0 AAAA|does not start with a key's type", "ssh-ed25519 AAA*|its character 4 is none of",
					"ssh-ed25519 AAAAA|cannot be read: it is cut off", "ssh-ed25519 AAA|found 3",
					"ssh-ed25519 AAAB|cut off at byte 3" })
	void saysWhatItExpected(String text, String expected) {
		assertRefused(text, expected);
	}

	@Test
	void refusesTextAfterTheKey() {
		assertRefused(SampleKeys.ED25519 + " alice", "Text follows the key at character 82");
	}

	@Test
	void refusesBytesAfterTheKey() throws InvalidKeyException {
		byte[] blob = PublicKey.parse(SampleKeys.ED25519).blob();
		assertRefused(Arrays.copyOf(blob, blob.length + 3), "3 bytes too many. Expected its end at byte 51");
	}

	@Test
	void refusesAnEd25519KeyOfAnotherLength() {
		assertRefused(new WireWriter().text("ssh-ed25519").string(new byte[31]).toByteArray(),
				"public value has 31 bytes instead of 32");
	}

	@Test
	void refusesAPointThatIsNotOnTheCurve() throws InvalidKeyException {
		byte[] blob = PublicKey.parse(SampleKeys.ECDSA).blob();
		blob[blob.length - 1] ^= 1;
		assertRefused(blob, "not an uncompressed point on nistp256");
	}

	@Test
	void refusesACompressedPoint() {
		assertRefused(new WireWriter().text("ecdsa-sha2-nistp256").text("nistp256").string(new byte[33]).toByteArray(),
				"has 33 bytes instead of 65");
	}

	@Test
	void refusesAnotherCurveThanTheTypeSays() {
		assertRefused(new WireWriter().text("ecdsa-sha2-nistp256").text("nistp384").string(new byte[97]).toByteArray(),
				"curve is not nistp256");
	}

	@Test
	void refusesNegativeAndZeroModuli() {
		WireWriter negative = new WireWriter().text("ssh-rsa").mpint(BigInteger.valueOf(65537));
		assertRefused(negative.string(new byte[] { -1 }).toByteArray(), "modulus is negative");
		WireWriter zero = new WireWriter().text("ssh-rsa").mpint(BigInteger.valueOf(65537));
		assertRefused(zero.string(new byte[0]).toByteArray(), "modulus is zero");
	}

	@Test
	void refusesALengthBeyondTheEnd() {
		assertRefused(new byte[] { -1, -1, -1, -1, 1, 2 }, "cut off at byte 6");
	}

	@Test
	void countsTheBitsOfTheModulus() throws InvalidKeyException {
		assertThat(PublicKey.of(rsa(BigInteger.ONE.shiftLeft(2046).toByteArray())).bits()).isEqualTo(2047);
	}

	@Test
	void writesNumbersInTheirShortestForm() throws InvalidKeyException {
		PublicKey plain = PublicKey.of(rsa(new byte[] { 0, -1 }));
		assertThat(PublicKey.of(rsa(new byte[] { 0, 0, 0, -1 }))).isEqualTo(plain);
	}

	@Test
	void refusesAChainOfCertificates() {
		byte[] blob = new WireWriter().text("ssh-ed25519").string(new byte[32]).toByteArray();
		for (int i = 0; i < 1000; i++) {
			blob = new WireWriter().text("ssh-ed25519-cert-v01@openssh.com")
				.string(new byte[0])
				.string(new byte[32])
				.raw(new byte[] { 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1 })
				.text("id")
				.text("")
				.raw(new byte[16])
				.text("")
				.text("")
				.text("")
				.string(blob)
				.text("signature")
				.toByteArray();
		}
		assertRefused(blob, "authority is a certificate itself");
	}

	@Test
	void handsOutACopyOfItsBlob() throws InvalidKeyException {
		PublicKey key = PublicKey.parse(SampleKeys.ED25519);
		key.blob()[20] ^= 1;
		assertThat(key.render()).isEqualTo(SampleKeys.ED25519);
	}

	@Property
	void refusesEveryKeyThatIsCutOff(@ForAll("samples") String sample, @ForAll double where)
			throws InvalidKeyException {
		byte[] blob = PublicKey.parse(sample).blob();
		int length = (int) (Math.abs(where % 1) * blob.length);
		assertRefused(Arrays.copyOf(blob, length), "cut off");
	}

	@Property
	void readsOrRefusesEveryKeyWithAByteChanged(@ForAll("samples") String sample, @ForAll int where, @ForAll byte value)
			throws InvalidKeyException {
		byte[] blob = PublicKey.parse(sample).blob();
		blob[Math.floorMod(where, blob.length)] = value;
		try {
			PublicKey key = PublicKey.of(blob);
			assertThat(PublicKey.parse(key.render())).isEqualTo(key);
		}
		catch (InvalidKeyException ex) {
			assertThat(ex.getMessage()).doesNotContain(Base64.getEncoder().encodeToString(blob));
		}
	}

	@Provide
	Arbitrary<String> samples() {
		return Arbitraries.of(SampleKeys.ED25519, SampleKeys.ED25519_SK, SampleKeys.ECDSA, SampleKeys.ECDSA_SK,
				SampleKeys.MLDSA44, SampleKeys.RSA, SampleKeys.DSA);
	}

	private static byte[] rsa(byte[] modulus) {
		return new WireWriter().text("ssh-rsa").mpint(BigInteger.valueOf(65537)).string(modulus).toByteArray();
	}

	private static void assertRefused(String text, String expected) {
		assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> PublicKey.parse(text))
			.withMessageContaining(expected);
	}

	private static void assertRefused(byte[] blob, String expected) {
		assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> PublicKey.of(blob))
			.withMessageContaining(expected);
	}

}
