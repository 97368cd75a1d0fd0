package io.latchkey.users;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommonPasswordsTests {

	private final CommonPasswords common = CommonPasswords.load();

	@ParameterizedTest
	@ValueSource(strings = { "123456789012", "Password1234", "1234password!!", "passwordpassword", "QWERTYUIOP123",
			"------------" })
	void knowsWhatIsTriedFirst(String password) {
		assertThat(this.common.contains(password)).isTrue();
	}

	@Test
	void leavesOthersAlone() {
		assertThat(this.common.contains("correct horse battery")).isFalse();
		assertThat(this.common.contains("a kettle and four spoons")).isFalse();
		assertThat(this.common.contains("k7x2m9q4w8z3")).isFalse();
		assertThat(this.common.contains("zażółć gęślą jaźń")).isFalse();
	}

}
