package io.latchkey.openssh;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FingerprintTests {

	private static final String TEXT = "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU";

	@Test
	void isTheHashOfTheBlob() {
		assertThat(Fingerprint.of(new byte[0])).isEqualTo(Fingerprint.parse(TEXT)).hasToString(TEXT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "SHA256:", "MD5:aa:bb", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
			"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV",
			"SHA256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU" })
	void refusesAnotherForm(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.parse(text)).withMessageContaining("SHA256:");
	}

}
